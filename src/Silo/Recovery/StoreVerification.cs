using System.Collections.Concurrent;
using System.Globalization;
using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>
/// Compares rows and objects: the bytes of each file must exist with the recorded size and SHA-256, and each object must belong
/// to a file. Changes nothing, so it can run while a server is running.
/// </summary>
internal sealed class StoreVerification(IObjectStore objects, IFileStore files, DateTimeOffset orphansBefore)
{
    private const int PageSize = 500;
    private const int Parallel = 2;

    private readonly ConcurrentQueue<string> _lines = new();
    private int _faults;

    public int Files { get; private set; }

    public long Bytes { get; private set; }

    public int Quarantined { get; private set; }

    public int Faults => _faults;

    /// <summary>Verifies everything, and returns a line for each finding.</summary>
    /// <exception cref="OutageException">The database or the object store is unavailable.</exception>
    public async IAsyncEnumerable<string> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid? before = null;
        while (await files.ListAsync(new() { Limit = PageSize, Before = before }, cancellationToken) is { Count: > 0 } page)
        {
            await System.Threading.Tasks.Parallel.ForEachAsync(
                page, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
                async (file, token) => await VerifyAsync(file, token));
            Files += page.Count;
            Bytes += page.Sum(file => file.Metadata.Size);
            before = page[^1].Id;
            while (_lines.TryDequeue(out var line))
            {
                yield return line;
            }
        }

        await foreach (var page in objects.ListAsync(FileObjects.Prefix, cancellationToken).Select(found => found.Key).Chunk(PageSize).WithCancellation(cancellationToken))
        {
            foreach (var key in await files.FindUnownedAsync(page, cancellationToken))
            {
                // Recent objects may belong to an upload in progress. The sweeper leaves them, too.
                var isYoung = FileObjects.TimeOf(key) >= orphansBefore;
                _faults += isYoung ? 0 : 1;
                yield return isYoung ? $"YOUNG     {key}: no file owns it yet" : $"UNOWNED   {key}: no file owns it";
            }
        }

        Quarantined = await objects.ListAsync(FileObjects.QuarantinePrefix, cancellationToken)
            .CountAsync(found => FileObjects.QuarantinedOn(found.Key) is not null, cancellationToken);
    }

    private async Task VerifyAsync(FileSnapshot file, CancellationToken cancellationToken)
    {
        var (word, what) = await FindFaultAsync(file.Metadata, cancellationToken);

        // The file may have been deleted since it was listed.
        if (word is not null && (await files.FindAsync([file.Id], cancellationToken)).Count > 0)
        {
            Interlocked.Increment(ref _faults);
            _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{word,-9} {file.Metadata.ObjectKey} ({file.Metadata.Name}): {what}"));
        }
    }

    private async Task<(string? Word, string What)> FindFaultAsync(FileMetadata metadata, CancellationToken cancellationToken)
    {
        try
        {
            await using var bytes = await objects.OpenVerifiedAsync(metadata.ObjectKey, metadata.Size, metadata.Sha256, cancellationToken);
            if (bytes is null)
            {
                return ("MISSING", "the bytes do not exist");
            }

            if (!await bytes.IsIntactAsync(cancellationToken))
            {
                return ("ALTERED", "the bytes do not have the recorded SHA-256");
            }

            return await FindMetadataFaultAsync(metadata, cancellationToken) is { } fault ? ("METADATA", fault) : (null, "");
        }
        catch (AlteredObjectException)
        {
            return ("ALTERED", $"the size is not the recorded {metadata.Size} bytes");
        }
        catch (InvalidDataException exception)
        {
            return ("UNREADABLE", exception.Message);
        }
    }

    private async Task<string?> FindMetadataFaultAsync(FileMetadata metadata, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.ReadMetadataAsync(metadata.ObjectKey, cancellationToken) is { } beside && beside != metadata
                ? "the metadata next to the bytes differs from the row"
                : null;
        }
        catch (InvalidDataException exception)
        {
            return $"the metadata next to the bytes can't be read: {exception.Message}";
        }
    }
}
