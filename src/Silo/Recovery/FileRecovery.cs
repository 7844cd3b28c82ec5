using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>
/// Restores the rows of files from objects that no file owns, from their metadata or, for files of release 0.1.0, from their
/// bytes. The files are queued and inspected again. Existing rows are not changed.
/// </summary>
internal sealed class FileRecovery(IObjectStore objects, IFileStore files, RecoveryProfiles profiles, ImageLimits limits)
{
    private const int PageSize = 500;

    /// <summary>Goes through all objects of files, including those in quarantine.</summary>
    /// <param name="dryRun">True to only count.</param>
    /// <param name="cancellationToken">Cancels. Files that were restored before stay.</param>
    /// <exception cref="OutageException">The database or the object store is unavailable.</exception>
    public async Task<RecoveryResult> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var result = new RecoveryResult();
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
            var recovered = new List<(Guid Id, FileMetadata Metadata)>();
            foreach (var bytes in page.Where(bytes => unowned.Contains(bytes.Home)).DistinctBy(bytes => bytes.Home))
            {
                if (await DescribeAsync(bytes, result, cancellationToken) is { } metadata)
                {
                    recovered.Add((bytes.Id, metadata));
                    if (bytes.IsInQuarantine && !dryRun)
                    {
                        await LeaveQuarantineAsync(bytes, cancellationToken);
                    }
                }
            }

            result.Known += page.Count(bytes => !unowned.Contains(bytes.Home));
            if (recovered.Count > 0 && !dryRun)
            {
                await files.AcceptAsync(recovered, null, CancellationToken.None);
            }
        }
    }

    /// <returns>Null if the file can't be restored; the reason is added to the result.</returns>
    private async Task<FileMetadata?> DescribeAsync(Original bytes, RecoveryResult result, CancellationToken cancellationToken)
    {
        FileMetadata? metadata;
        bool fromBytes;
        try
        {
            metadata = await FindMetadataAsync(bytes, cancellationToken);
            fromBytes = metadata is null;
            metadata ??= await ReadBytesAsync(bytes, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            result.Unreadable.Add((bytes.Key, exception.Message));
            return null;
        }

        if (!profiles.Has(metadata.Profile))
        {
            // The file would be inspected with a profile that does not exist, and end as failed.
            result.UnknownProfiles[metadata.Profile] = result.UnknownProfiles.GetValueOrDefault(metadata.Profile) + 1;
            return null;
        }

        result.FromMetadata += fromBytes ? 0 : 1;
        result.FromBytes += fromBytes ? 1 : 0;
        result.FromQuarantine += bytes.IsInQuarantine ? 1 : 0;
        return metadata;
    }

    private async Task<FileMetadata?> FindMetadataAsync(Original bytes, CancellationToken cancellationToken)
    {
        // An interrupted recovery may have moved it before the bytes.
        foreach (var key in new[] { bytes.Key, bytes.Home }.Distinct(StringComparer.Ordinal))
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

    private async Task<FileMetadata> ReadBytesAsync(Original bytes, CancellationToken cancellationToken)
    {
        await using var content = await objects.OpenReadAsync(bytes.Key, cancellationToken) ?? throw new InvalidDataException("It no longer exists.");
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

    /// <summary>Moves a file's objects out of quarantine, the bytes last: an interrupted move is then found and completed by the next run.</summary>
    private async Task LeaveQuarantineAsync(Original bytes, CancellationToken cancellationToken)
    {
        var folder = FileObjects.Beside(bytes.Key, "");
        var beside = await objects.ListAsync(folder, cancellationToken).Select(found => found.Key).Where(key => key != bytes.Key).ToListAsync(cancellationToken);
        foreach (var key in beside.Append(bytes.Key))
        {
            await objects.MoveAsync(key, FileObjects.Beside(bytes.Home, key[folder.Length..]), cancellationToken);
        }
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
            var home = key.StartsWith(FileObjects.QuarantinePrefix, StringComparison.Ordinal)
                ? key[(key.IndexOf('/', FileObjects.QuarantinePrefix.Length) + 1)..]
                : key;
            return home.EndsWith($"/{FileObjects.Original}", StringComparison.Ordinal) && FileObjects.IdOf(home) is { } id ? new(id, key, home) : null;
        }
    }
}
