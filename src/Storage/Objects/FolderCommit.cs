using System.Collections.Concurrent;

namespace Chitti.Storage;

/// <summary>Moves staged files into place, durably, and removes objects.</summary>
/// <param name="objects">Folder of the objects.</param>
internal sealed class FolderCommit(string objects)
{
    // Folders of the first two levels are few, shared and never removed; deeper ones hold one object with its
    // renditions and go with it.
    private const int SharedLevels = 2;
    private const int ParallelSyncs = 8;

    // Renaming into a folder and removing it when empty must not meet. Only names are changed under it, nothing is synced.
    private readonly Lock _names = new();

    // Shared folders whose own name is known to be durable. Having found a folder is not enough:
    // a commit at the same time may have made it and not synced it yet.
    private readonly ConcurrentDictionary<string, bool> _durable = new();

    /// <summary>All or none. Works on the thread pool: every sync blocks.</summary>
    public Task RunAsync(IReadOnlyList<(FolderObjectStore.StagedFile Staged, string Key)> files) => Task.Run(async () =>
    {
        var moved = new List<(string Key, string? Replaced)>(files.Count);
        try
        {
            await ForEachAsync(files, file => file.Staged.Finish());
            lock (_names)
            {
                foreach (var (staged, key) in files)
                {
                    moved.Add((key, Place(staged.Path, Path.Combine(objects, key))));
                }
            }
            await SyncFoldersAsync(moved.Select(file => file.Key));
        }
        catch
        {
            // Last first: a key that was given twice gets back what it had before the first.
            foreach (var (key, replaced) in Enumerable.Reverse(moved))
            {
                if (replaced is null)
                {
                    Try(() => Delete(key));
                }
                else
                {
                    Try(() => Restore(replaced, key));
                }
            }
            foreach (var (staged, _) in files)
            {
                Try(() => File.Delete(ReplacedBy(staged.Path)));
                Try(staged.Discard);
            }
            throw;
        }
        foreach (var (_, replaced) in moved)
        {
            if (replaced is not null)
            {
                Try(() => File.Delete(replaced));
            }
        }
    });

    /// <summary>Removes an object, and its folder with the last one in it.</summary>
    /// <returns>False when there is no such folder.</returns>
    public bool Delete(string key)
    {
        var path = Path.Combine(objects, key);
        var folder = Path.GetDirectoryName(path)!;
        lock (_names)
        {
            if (!Directory.Exists(folder))
            {
                return false;
            }

            File.Delete(path);
            for (var level = key.Count(c => c == '/'); level > SharedLevels; level--, folder = Path.GetDirectoryName(folder)!)
            {
                if (Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    break;
                }

                Directory.Delete(folder);
            }

            return true;
        }
    }

    private static string ReplacedBy(string staged) => staged + ".replaced";

    /// <summary>Gives a staged file its name.</summary>
    /// <returns>Where the file that had the name is kept until the commit is done; null when none had it.</returns>
    private static string? Place(string staged, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            File.Move(staged, path);
            return null;
        }
        // Links the old file to the other name before the new one takes its own: there is one of the two at every moment.
        var replaced = ReplacedBy(staged);
        File.Replace(staged, path, replaced);
        return replaced;
    }

    private void Restore(string replaced, string key)
    {
        lock (_names)
        {
            File.Move(replaced, Path.Combine(objects, key), overwrite: true);
        }
    }

    /// <summary>Does a part of the clean-up. It goes on where one fails; what the caller hears of is the failure that came first.</summary>
    private static void Try(Action cleanUp)
    {
        try
        {
            cleanUp();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private async Task SyncFoldersAsync(IEnumerable<string> keys)
    {
        var changed = new HashSet<string>();
        var shared = new HashSet<string>();
        foreach (var key in keys)
        {
            var folder = Path.GetDirectoryName(Path.Combine(objects, key))!;
            changed.Add(folder);
            for (var level = key.Count(c => c == '/'); level > 0 && !_durable.ContainsKey(folder); level--)
            {
                if (level <= SharedLevels)
                {
                    shared.Add(folder);
                }

                folder = Path.GetDirectoryName(folder)!;
                changed.Add(folder);
            }
        }
        await ForEachAsync(changed, DirectorySync.Flush);
        foreach (var folder in shared)
        {
            _durable[folder] = true;
        }
    }

    // Syncs at the same time share the file system's own commits.
    private static Task ForEachAsync<T>(IReadOnlyCollection<T> items, Action<T> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = ParallelSyncs }, (item, _) =>
        {
            action(item);
            return default;
        });
}
