using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Grains;

/// <summary>Gathers what a report is about, writes the document and puts it into the object store.</summary>
internal sealed class ReportProducer(IObjectStore objects, CpuQueue cpu, Lazy<FontFaces> fonts, TimeProvider time)
{
    private const int FilesAtOnce = 64;

    /// <returns>The key of the document, or why there can be none.</returns>
    public async Task<(string? ObjectKey, string? Error)> ProduceAsync(
        Guid id, ReportRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var items = new List<ReportItem>(request.FileIds.Count);
        var profiles = new Dictionary<ProfileReference, ComponentProfile?>();
        foreach (var chunk in request.FileIds.Chunk(FilesAtOnce))
        {
            var files = await Task.WhenAll(chunk.Select(fileId => grains.GetGrain<IFileGrain>(fileId).GetAsync(cancellationToken)));
            foreach (var (fileId, file) in chunk.Zip(files))
            {
                items.Add(file is null
                    ? ReportItems.OfMissing(fileId)
                    : ReportItems.Of(file, await FindProfileAsync(file.Registration.Profile), objects));
            }
        }

        var document = new ReportDocument
        {
            Id = id,
            IssuedAt = time.GetUtcNow(),
            SoftwareVersion = SoftwareVersion.Current,
            Details = request.Details,
            Items = items,
        };
        var key = $"reports/{id.ToString("N")[^2..]}/{id:D}.{ApiJson.Word(request.Format)}";
        if (request.Format == ReportFormat.Pdf && fonts.FindFault() is { } fault)
        {
            return (null, fault);
        }

        await using var staged = await objects.StageAsync(cancellationToken);
        await cpu.RunAsync(
            async () =>
            {
                await new ReportWriter(fonts).WriteAsync(document, request.Format, staged.Content, cancellationToken);
                return true;
            },
            cancellationToken);
        await staged.CommitAsync(key, cancellationToken);
        return (key, null);

        async Task<ComponentProfile?> FindProfileAsync(ProfileReference reference)
        {
            if (!profiles.TryGetValue(reference, out var profile))
            {
                profile = (await grains.GetGrain<IProfileGrain>(reference.Id).GetAsync(reference.Version, cancellationToken))?.Profile;
                profiles.Add(reference, profile);
            }

            return profile;
        }
    }
}
