using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Reports;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>Gathers what a report is about, writes the document and puts it into the object store.</summary>
internal sealed partial class ReportProducer(
    IObjectStore objects,
    [FromKeyedServices(CpuQueue.Reports)] CpuQueue cpu,
    Lazy<FontFaces> fonts,
    ImageDecoders decoders,
    TimeProvider time,
    ILogger<ReportProducer> logger)
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

        await using var staged = await objects.StageAsync(accepted: true, cancellationToken);
        try
        {
            await cpu.RunAsync(
                async () =>
                {
                    await new ReportWriter(fonts, decoders).WriteAsync(document, request.Format, staged.Content, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is not (IOException or UnauthorizedAccessException or OperationCanceledException))
        {
            // Everything is gathered: what breaks now, and is not storage, would break at every attempt.
            LogWriteFailed(logger, exception, id);
            return (null, $"writing it failed ({exception.GetType().Name}); the log has more");
        }

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

    [LoggerMessage(LogLevel.Error, "Report {ReportId} could not be written")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception, Guid reportId);
}
