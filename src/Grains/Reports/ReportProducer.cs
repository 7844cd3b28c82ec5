using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Reports;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

/// <summary>Collects the items of a report, writes the document and stores it.</summary>
internal sealed partial class ReportProducer(
    IFileStore files,
    IObjectStore objects,
    IGrainFactory grains,
    [FromKeyedServices(CpuQueue.Reports)] CpuQueue cpu,
    Lazy<FontFaces> fonts,
    ImageDecoders decoders,
    TimeProvider time,
    ILogger<ReportProducer> logger)
{
    private const int PageSize = 500;

    /// <returns>The object key of the document, or why there can be none.</returns>
    public async Task<(string? ObjectKey, string? Error)> ProduceAsync(Guid id, ReportRequest request, CancellationToken cancellationToken)
    {
        var items = new List<ReportItem>(request.FileIds.Count);
        var profiles = new Dictionary<ProfileReference, ComponentProfile?>();
        foreach (var page in request.FileIds.Chunk(PageSize))
        {
            var found = (await files.GetManyAsync(page, cancellationToken)).ToDictionary(file => file.Id);
            foreach (var fileId in page)
            {
                items.Add(found.TryGetValue(fileId, out var file)
                    ? ReportItems.Of(file, await FindProfileAsync(file.Metadata.Profile), objects)
                    : ReportItems.OfMissing(fileId));
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
        catch (Exception exception) when (!OutageRule.IsOutage(exception))
        {
            // The input is complete, so a failure that is not an outage would repeat at every attempt.
            LogWriteFailed(logger, exception, id);
            return (null, $"writing it failed ({exception.GetType().Name}); see the log");
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
