using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// Checks that a database and an object store match. Objects that are missing in the database may be the only copy of accepted
/// files, so nothing may be deleted, and no server may start, while the database is older than the objects.
/// </summary>
/// <remarks>
/// Both store the id of the database and a generation; the object store does so in an object of its own. A generation is made
/// durable in the database before it is written to the object store. So after a crash the one in the object store may be lower.
/// It is higher only if the database has lost commits.
/// </remarks>
/// <param name="database">The pairing in the database.</param>
/// <param name="objects">The object store.</param>
public sealed class StorePairing(IDatabasePairing database, IObjectStore objects)
{
    /// <summary>Key of the object with the pairing.</summary>
    public const string Key = "pairing.json";

    /// <summary>Compares the two without changing them.</summary>
    /// <returns>Null if they match, or have not been used yet.</returns>
    /// <exception cref="OutageException">One of them is unavailable.</exception>
    public async Task<PairingFault?> FindFaultAsync(CancellationToken cancellationToken = default) =>
        // Another process may have paired them between the reads of the one and the other. That happens only once.
        await CompareAsync(cancellationToken).ConfigureAwait(false) is null ? null : await CompareAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Increases the generation in both if they match, and pairs them if they have not been paired yet.</summary>
    /// <returns>As <see cref="FindFaultAsync"/>. If not null, nothing was changed.</returns>
    /// <exception cref="OutageException">One of them is unavailable. The generation in the database may have been increased.</exception>
    public async Task<PairingFault?> AdvanceAsync(CancellationToken cancellationToken = default)
    {
        if (await FindFaultAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            return fault;
        }

        if (await database.GetAsync(cancellationToken).ConfigureAwait(false) is { Generation: 0 } unpaired)
        {
            // Before the database, because a database with a generation is expected to have this object.
            await WriteAsync(unpaired, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(await database.AdvanceAsync(cancellationToken: cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// As <see cref="AdvanceAsync"/>, but only compares the two while the object store is full: it must be possible to start, and
    /// to delete files. Nothing is accepted as long as it is full, so a backup that is restored then loses nothing.
    /// </summary>
    /// <returns>As <see cref="FindFaultAsync"/>.</returns>
    /// <exception cref="OutageException">One of them is unavailable.</exception>
    public async Task<PairingFault?> AdvanceUnlessFullAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OutageException outage) when (outage.Outage == Outage.StorageFull)
        {
            return await FindFaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Pairs the two, whatever they were paired with before.</summary>
    /// <exception cref="OutageException">One of them is unavailable.</exception>
    public async Task PairAnewAsync(CancellationToken cancellationToken = default)
    {
        var stored = 0L;
        try
        {
            stored = (await ReadAsync(cancellationToken).ConfigureAwait(false))?.Generation ?? 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            // It is overwritten.
        }

        await WriteAsync(await database.GetAsync(cancellationToken).ConfigureAwait(false) with { Generation = 0 }, cancellationToken).ConfigureAwait(false);
        await WriteAsync(await database.AdvanceAsync(stored + 1, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<PairingFault?> CompareAsync(CancellationToken cancellationToken)
    {
        Pairing? stored;
        try
        {
            stored = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return PairingFault.Unreadable;
        }

        var known = await database.GetAsync(cancellationToken).ConfigureAwait(false);
        if (stored?.Database == known.Database)
        {
            return stored.Generation > known.Generation ? PairingFault.OlderDatabase : null;
        }

        if (known.Generation > 0)
        {
            return stored is null ? PairingFault.OtherObjects : PairingFault.OtherDatabase;
        }

        // The database was never paired: it is new, or of a release without pairing.
        if (!await HasObjectsAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return await database.IsEmptyAsync(cancellationToken).ConfigureAwait(false) ? PairingFault.NewDatabase
            : stored is null ? null
            : PairingFault.OtherDatabase;
    }

    private async Task<bool> HasObjectsAsync(CancellationToken cancellationToken) =>
        await objects.ListAsync("", cancellationToken).AnyAsync(found => found.Key != Key, cancellationToken).ConfigureAwait(false);

    private async Task<Pairing?> ReadAsync(CancellationToken cancellationToken)
    {
        var stream = await objects.OpenReadAsync(Key, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            return null;
        }

        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync<Pairing>(stream, ApiJson.Options, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The pairing is null.");
        }
    }

    private async Task WriteAsync(Pairing pairing, CancellationToken cancellationToken)
    {
        var staged = await objects.StageAsync(accepted: true, cancellationToken).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            await staged.Content.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(pairing, ApiJson.Options), cancellationToken).ConfigureAwait(false);
            try
            {
                await staged.CommitAsync(Key, cancellationToken).ConfigureAwait(false);
            }
            catch (OutageException)
            {
                // Another silo that is starting may have written the object at the same time. A lower generation is not enough:
                // a backup of the database that has it would not be noticed.
                if (!await IsStoredAsync(pairing, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Whether the object store has the pairing, or one with a higher generation.</summary>
    private async Task<bool> IsStoredAsync(Pairing pairing, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false) is { } stored
                && stored.Database == pairing.Database && stored.Generation >= pairing.Generation;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return false;
        }
    }
}
