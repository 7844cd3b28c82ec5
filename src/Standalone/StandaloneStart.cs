using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>
/// Runs between the silo's start and the first request: voids what the last process left in flight (leases, idempotency
/// claims, messages of the memory streams), stores the shipped profiles, and starts recovery.
/// </summary>
internal sealed class StandaloneStart(SqliteDatabase database, IGrainFactory grains, ModelShelf shelf) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.ResetInFlightAsync(cancellationToken);
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

        // Also if it exists, because the last process may have died before the profile was listed.
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
            return ProfileFile.Read(path, ProfileValidation.Validate);
        }
        catch (ProfileFileException exception)
        {
            throw new StartFaultException($"Chitti:ModelsPath: {exception.Message}", exception);
        }
    }
}
