using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>
/// What must be done between the silo's start and the first request: void what died with the last process (leases, claims on
/// idempotency keys, the memory streams' messages), store the shipped profiles, and set recovery going.
/// </summary>
internal sealed class StandaloneStart(SqliteDatabase database, IGrainFactory grains, ModelShelf shelf) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.ForgetDeadProcessAsync(cancellationToken);
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
        var stored = await grain.GetAsync(cancellationToken: cancellationToken);

        // Also one that is there: the last process may have died before it was listed.
        var reply = await grain.CreateAsync(stored?.Profile ?? Read(path), cancellationToken);
        if (stored is null && reply.Errors.Count > 0)
        {
            var faults = reply.Errors.Select(error => $"{error.Key} {string.Join(", ", error.Value)}");
            throw new StartFaultException($"Chitti:ModelsPath: the profile {path} can't be used: {string.Join("; ", faults)}.");
        }
    }

    private static ComponentProfile Read(string path)
    {
        try
        {
            return ProfileFile.Read(path);
        }
        catch (ProfileFileException exception)
        {
            throw new StartFaultException(exception.Message, exception);
        }
    }
}
