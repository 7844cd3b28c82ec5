using System.Buffers;
using Chitti.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>
/// Reads the image of a direct call into one array of its exact size, and refuses it if its header is not that of an image
/// or shows one that is too large. Reads into rented chunks, so memory grows with the bytes received and not with the announced length.
/// </summary>
internal sealed class ImageBody(IOptions<LimitOptions> limits, IOptions<ImageLimits> imageLimits, IOptions<PixelBudgetOptions> budget)
{
    private const int ChunkBytes = 256 << 10;

    internal async Task<(byte[]? Image, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (image, problem) = await ReadBytesAsync(request, cancellationToken);
        if (image is null)
        {
            return (null, problem);
        }

        using var bytes = new MemoryStream(image, writable: false);
        return ImageIdentifier.Identify(bytes, imageLimits.Value, budget.Value.DecodedBytes).Fault is { } fault
            ? (null, ImageProblems.From(fault, "The image"))
            : (image, null);
    }

    private async Task<(byte[]? Image, ProblemHttpResult? Problem)> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (MultipartBody.Open(request) is { } body)
        {
            return await ReadMultipartAsync(body, cancellationToken);
        }

        return IsImage(request.ContentType)
            ? await ReadAllAsync(async buffer => await request.Body.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken))
            : (null, Problems.Create(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be an image (image/* or application/octet-stream), or multipart/form-data with one part named file."));
    }

    // curl --data-binary sends this content type by default; whether the body is an image is decided by its first bytes.
    private static bool IsImage(string? contentType) =>
        contentType is null
        || contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private async Task<(byte[]? Image, ProblemHttpResult? Problem)> ReadMultipartAsync(
        MultipartBody body, CancellationToken cancellationToken)
    {
        byte[]? image = null;
        while (await body.NextAsync(cancellationToken) is { } part)
        {
            if (part.Name != UploadReader.FileField || image is not null)
            {
                return (null, Problems.Invalid(UploadReader.FileField, "must be the only part of the body"));
            }

            (image, var problem) = await ReadAllAsync(buffer => part.ReadAsync(buffer, cancellationToken));
            if (problem is not null)
            {
                return (null, problem);
            }
        }

        return image is null ? (null, Problems.Invalid(UploadReader.FileField, "must occur exactly once")) : (image, null);
    }

    private async Task<(byte[]? Image, ProblemHttpResult? Problem)> ReadAllAsync(Func<Memory<byte>, Task<int>> read)
    {
        var max = limits.Value.MaxDetectBytes;
        var chunks = new List<byte[]>();
        try
        {
            var size = 0L;
            int got;
            do
            {
                var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
                chunks.Add(chunk);
                got = await read(chunk.AsMemory(0, ChunkBytes));
                size += got;
                if (size > max)
                {
                    return (null, Problems.Create(
                        StatusCodes.Status413PayloadTooLarge,
                        $"The image is larger than the {max} bytes allowed for direct detection; upload it to /api/files."));
                }
            }
            while (got == ChunkBytes);

            return size == 0 ? (null, Problems.Invalid("body", "is empty")) : (Join(chunks, size), null);
        }
        finally
        {
            chunks.ForEach(chunk => ArrayPool<byte>.Shared.Return(chunk));
        }
    }

    private static byte[] Join(List<byte[]> chunks, long size)
    {
        var whole = GC.AllocateUninitializedArray<byte>((int)size);
        var rest = whole.AsSpan();
        foreach (var chunk in chunks)
        {
            var length = Math.Min(rest.Length, ChunkBytes);
            chunk.AsSpan(0, length).CopyTo(rest);
            rest = rest[length..];
        }

        return whole;
    }
}
