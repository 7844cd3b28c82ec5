using System.Buffers;
using System.Security.Cryptography;
using Chitti.Imaging;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Streams one part into the object store while hashing it, and checks that it is an image in a supported format.</summary>
internal sealed class PartStager(
    IObjectStore objects, IOptions<LimitOptions> limits, IOptions<ImageLimits> imageLimits, IOptions<PixelBudgetOptions> budget)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Returns the staged file, or why it is refused; then nothing is left in staging.</summary>
    internal async Task<(StagedFile? File, ProblemHttpResult? Problem)> StageAsync(
        MultipartPart part, int number, CancellationToken cancellationToken)
    {
        var name = FileName.Clean(part.FileName);
        var staged = await objects.StageAsync(cancellationToken: cancellationToken);
        StagedFile? file = null;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (size, problem) = await CopyAsync(part, name, number, staged.Content, hash, cancellationToken);
            if (problem is not null)
            {
                return (null, problem);
            }

            await staged.Content.FlushAsync(cancellationToken);
            staged.Content.Position = 0;
            var identified = ImageIdentifier.Identify(staged.Content, imageLimits.Value, budget.Value.DecodedBytes);
            if (identified.Header is not { } header)
            {
                return (null, ImageProblems.From(identified.Fault!, $"File {number} ('{name}')"));
            }

            file = new(name, size, Convert.ToHexStringLower(hash.GetHashAndReset()), header, staged);
            return (file, null);
        }
        finally
        {
            if (file is null)
            {
                await staged.DisposeAsync();
            }
        }
    }

    private async Task<(long Size, ProblemHttpResult? Problem)> CopyAsync(
        MultipartPart part, string name, int number, Stream content, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var max = limits.Value.MaxUploadBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var size = 0L;
            while (await part.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken) is > 0 and var read)
            {
                if (size == 0 && ImageIdentifier.Sniff(buffer.AsSpan(0, read)) is null)
                {
                    return (0, ImageProblems.UnknownFormat($"File {number} ('{name}')"));
                }

                size += read;
                if (size > max)
                {
                    return (0, Problems.Create(
                        StatusCodes.Status413PayloadTooLarge, $"File {number} ('{name}') is larger than {max} bytes."));
                }

                hash.AppendData(buffer, 0, read);
                await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return size > 0 ? (size, null) : (0, Problems.Invalid(UploadReader.FileField, $"file {number} ('{name}') is empty"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
