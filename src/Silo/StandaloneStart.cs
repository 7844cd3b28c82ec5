using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chitti.Silo;

/// <summary>
/// What must be done between the silo's start and the first request: forget what died with the last process (claims of
/// idempotency keys, the memory streams' confirmations), store the shipped profiles, and set recovery going.
/// </summary>
internal sealed partial class StandaloneStart(
    ICatalog catalog, IGrainFactory grains, ModelShelf shelf, ILogger<StandaloneStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await catalog.ReleaseAllAsync(cancellationToken);
        await catalog.MarkAllUnpublishedAsync(cancellationToken);
        foreach (var model in shelf.Models)
        {
            if (model.ProfilePath is { } path)
            {
                await StoreProfileAsync(model.Description.Id, path, cancellationToken);
            }
        }

        await grains.GetGrain<IRecoveryGrain>(0).StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StoreProfileAsync(string id, string path, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IProfileGrain>(id);
        if (await grain.GetAsync(cancellationToken: cancellationToken) is not null)
        {
            return;
        }

        var reply = await grain.CreateAsync(ProfileFile.Read(path), cancellationToken);
        foreach (var (field, messages) in reply.Errors)
        {
            LogProfileFault(logger, path, field, string.Join("; ", messages));
        }
    }

    [LoggerMessage(LogLevel.Error, "The shipped profile {Path} is not used: {Field} {Fault}")]
    private static partial void LogProfileFault(ILogger logger, string path, string field, string fault);
}
