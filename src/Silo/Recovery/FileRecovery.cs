using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>
/// Restores the rows of files from objects that no file owns, from their metadata or, for files of release 0.1.0, from their
/// bytes. The files are queued and inspected again. Existing rows are not changed.
/// </summary>
/// <remarks>Silos may sweep meanwhile: they move objects that no file owns to quarantine, at any moment until the row is there.</remarks>
internal sealed class FileRecovery(IObjectStore objects, IFileStore files, RecoveryProfiles profiles, ImageLimits limits, TimeProvider time)
{
    private const int PageSize = 500;
    private readonly QuarantinedObjects _quarantine = new(objects, time);

    /// <summary>Goes through all objects of files, including those in quarantine.</summary>
    /// <param name="dryRun">True to only count.</param>
    /// <param name="cancellationToken">Cancels. Files that were restored before stay.</param>
    /// <exception cref="OutageException">The database or the object store is unavailable.</exception>
    public async Task<RecoveryResult> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var result = new RecoveryResult();
        await _quarantine.FindFoldersAsync(cancellationToken);
        await RunAsync(FileObjects.Prefix, dryRun, result, cancellationToken);
        await RunAsync(FileObjects.QuarantinePrefix, dryRun, result, cancellationToken);
        return result;
    }

    private async Task RunAsync(string prefix, bool dryRun, RecoveryResult result, CancellationToken cancellationToken)
    {
        var found = objects.ListAsync(prefix, cancellationToken).Select(stored => Original.Find(stored.Key)).OfType<Original>();
        await foreach (var page in found.Chunk(PageSize).WithCancellation(cancellationToken))
        {
            var unowned = (await files.FindUnownedAsync([.. page.Select(bytes => bytes.Home)], cancellationToken)).ToHashSet(StringComparer.Ordinal);
            if (unowned.Count > 0)
            {
                // Their bytes came back, for example with a backup of the objects.
                var stored = await files.GetManyAsync([.. page.Select(bytes => bytes.Id).Distinct()], cancellationToken);
                unowned.ExceptWith(stored.Where(file => file.DeletedAt is not null).Select(file => file.Metadata.ObjectKey));
            }

            var recovered = new List<(Original Bytes, FileMetadata Metadata)>();
            foreach (var bytes in page.Where(bytes => unowned.Contains(bytes.Home)).DistinctBy(bytes => bytes.Home))
            {
                if (await DescribeAsync(bytes, result, cancellationToken) is var (metadata, isFromBytes)
                    && (dryRun || await BringHomeAsync(bytes, cancellationToken)))
                {
                    recovered.Add((bytes, metadata));
                    result.FromMetadata += isFromBytes ? 0 : 1;
                    result.FromBytes += isFromBytes ? 1 : 0;
                    result.FromQuarantine += bytes.IsInQuarantine ? 1 : 0;
                }
            }

            result.Known += page.Count(bytes => !unowned.Contains(bytes.Home));
            if (recovered.Count > 0 && !dryRun)
            {
                await AcceptAsync(recovered, result);
            }
        }
    }

    private async Task AcceptAsync(List<(Original Bytes, FileMetadata Metadata)> recovered, RecoveryResult result)
    {
        // Rows that survive a power cut need bytes that do.
        string[] homes = [.. recovered.Select(file => file.Bytes.Home)];
        await objects.SyncAsync(homes, CancellationToken.None);
        await files.AcceptAsync([.. recovered.Select(file => (file.Bytes.Id, file.Metadata))], null, CancellationToken.None);

        // A sweep that looked for the rows before they were there has moved the bytes away. A later one moves them back itself.
        foreach (var (bytes, _) in recovered)
        {
            if (!await BringHomeAsync(bytes, CancellationToken.None))
            {
                result.Unreadable.Add((bytes.Home, "Its bytes disappeared while the file was restored."));
            }
        }

        await objects.SyncAsync(homes, CancellationToken.None);
    }

    /// <summary>Moves what is in quarantine of a file to where it belongs.</summary>
    /// <returns>False if there are no bytes of the file any more.</returns>
    private async Task<bool> BringHomeAsync(Original bytes, CancellationToken cancellationToken)
    {
        if (!bytes.IsInQuarantine
            && await objects.GetInfoAsync(bytes.Home, cancellationToken) is not null
            && await objects.GetInfoAsync(FileObjects.MetadataOf(bytes.Home), cancellationToken) is not null)
        {
            return true;
        }

        await _quarantine.BringHomeAsync(bytes.Home, bytes.Key, cancellationToken);
        if (await objects.GetInfoAsync(bytes.Home, cancellationToken) is null)
        {
            // A silo whose clock differs has moved them to another folder.
            await _quarantine.FindFoldersAsync(cancellationToken);
            await _quarantine.BringHomeAsync(bytes.Home, bytes.Key, cancellationToken);
        }

        return await objects.GetInfoAsync(bytes.Home, cancellationToken) is not null;
    }

    /// <returns>The metadata, and whether they are from the bytes. Null if the file can't be restored; the reason is added to the result.</returns>
    private async Task<(FileMetadata Metadata, bool IsFromBytes)?> DescribeAsync(Original bytes, RecoveryResult result, CancellationToken cancellationToken)
    {
        FileMetadata? metadata;
        bool isFromBytes;
        try
        {
            metadata = await FindMetadataAsync(bytes, cancellationToken);
            isFromBytes = metadata is null;
            metadata ??= await ReadBytesAsync(bytes, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            result.Unreadable.Add((bytes.Key, exception.Message));
            return null;
        }

        if (metadata is null)
        {
            // Deleted, or moved to quarantine, in the meantime. Quarantine is searched last.
            return null;
        }

        if (!profiles.Has(metadata.Profile))
        {
            // The file would be inspected with a profile that does not exist, and end as failed.
            result.UnknownProfiles[metadata.Profile] = result.UnknownProfiles.GetValueOrDefault(metadata.Profile) + 1;
            return null;
        }

        return (metadata, isFromBytes);
    }

    private async Task<FileMetadata?> FindMetadataAsync(Original bytes, CancellationToken cancellationToken)
    {
        // An interrupted recovery may have moved it before the bytes, and a sweep, too.
        foreach (var key in _quarantine.KeysOf(bytes.Home).Prepend(bytes.Home).Prepend(bytes.Key).Distinct(StringComparer.Ordinal))
        {
            if (await ReadMetadataAsync(key, cancellationToken) is { } metadata)
            {
                return metadata.ObjectKey == bytes.Home
                    ? metadata
                    : throw new InvalidDataException($"The metadata beside it belongs to {metadata.ObjectKey}.");
            }
        }

        return null;
    }

    /// <summary>Only a file of release 0.1.0 has no metadata. Without the ones it has, it would be judged by another profile.</summary>
    private async Task<FileMetadata?> ReadMetadataAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.ReadMetadataAsync(key, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"Its metadata can't be read: {exception.Message}", exception);
        }
    }

    /// <returns>Null if the bytes no longer exist.</returns>
    private async Task<FileMetadata?> ReadBytesAsync(Original bytes, CancellationToken cancellationToken)
    {
        await using var content = await objects.OpenReadAsync(bytes.Key, cancellationToken);
        if (content is null)
        {
            return null;
        }

        var identified = ImageIdentifier.Identify(content, limits, long.MaxValue);
        if (identified.Header is not { } header)
        {
            throw new InvalidDataException(identified.Fault!.Detail);
        }

        content.Position = 0;
        return new()
        {
            Name = bytes.Id.ToString(),
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)),
            MediaType = header.MediaType,
            Width = header.Width,
            Height = header.Height,
            ObjectKey = bytes.Home,
            Profile = profiles.Default,
            CreatedAt = FileObjects.TimeOf(bytes.Id),
        };
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="Id">The file.</param>
    /// <param name="Key">Their key.</param>
    /// <param name="Home">Their key outside quarantine.</param>
    private sealed record Original(Guid Id, string Key, string Home)
    {
        public bool IsInQuarantine => Key != Home;

        public static Original? Find(string key)
        {
            var home = FileObjects.HomeOf(key);
            return home.EndsWith($"/{FileObjects.Original}", StringComparison.Ordinal) && FileObjects.IdOf(home) is { } id ? new(id, key, home) : null;
        }
    }
}
