using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>Finds the objects of a file in quarantine, and moves them back to its keys.</summary>
internal sealed class QuarantinedObjects(IObjectStore objects, TimeProvider time)
{
    private readonly SortedSet<DateOnly> _days = [];

    /// <summary>Folders of quarantine, newest first, and those to which a silo may be moving objects at this moment.</summary>
    private IEnumerable<string> Folders
    {
        get
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            return _days.Append(today.AddDays(-1)).Append(today).Append(today.AddDays(1)).Distinct().OrderDescending().Select(FileObjects.QuarantineOf);
        }
    }

    /// <summary>Finds the folders of quarantine.</summary>
    public async Task FindFoldersAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in objects.ListAsync(FileObjects.QuarantinePrefix, cancellationToken))
        {
            if (FileObjects.QuarantinedOn(found.Key) is { } day)
            {
                _days.Add(day);
            }
        }
    }

    /// <summary>The keys that an object may have in quarantine.</summary>
    /// <param name="home">Its key outside.</param>
    public IEnumerable<string> KeysOf(string home) => Folders.Select(folder => folder + home);

    /// <summary>Moves a file's objects out of quarantine, the bytes last: an interrupted move is then found and completed by the next run.</summary>
    /// <param name="home">Key of the file's bytes outside quarantine.</param>
    /// <param name="chosen">Key of the bytes; what is beside them replaces objects outside. Other objects in quarantine do not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task BringHomeAsync(string home, string chosen, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var bytes in KeysOf(home).Prepend(chosen).Where(key => key != home).Distinct(StringComparer.Ordinal))
        {
            keys.AddRange(await objects.ListAsync(FileObjects.Beside(bytes, ""), cancellationToken).Select(found => found.Key).ToListAsync(cancellationToken));
        }

        var folder = FileObjects.Beside(chosen, "");
        foreach (var key in keys.OrderBy(key => FileObjects.HomeOf(key) == home))
        {
            var target = FileObjects.HomeOf(key);
            if (key.StartsWith(folder, StringComparison.Ordinal) || await objects.GetInfoAsync(target, cancellationToken) is null)
            {
                await objects.MoveAsync(key, target, cancellationToken);
            }
        }
    }
}
