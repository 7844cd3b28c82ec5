using System.Collections.Concurrent;

namespace Chitti.Storage;

/// <summary>Moves staged files into place durably, and deletes objects.</summary>
/// <param name="objects">Folder of the objects.</param>
internal sealed class FolderCommit(string objects)
{
    // Folders of the first two levels are few, shared and never deleted. A deeper one holds one object with its renditions
    // and is deleted with the last of them.
    private const int SharedLevels = 2;
    private const int ParallelSyncs = 8;

    // Renaming into a folder must not race with deleting it when empty. Held for name changes only, never during a sync.
    private readonly Lock _names = new();

    // Shared folders whose names are known to be durable. That a folder exists is not enough, because a concurrent commit may
    // have created it and not synced it yet.
    private readonly ConcurrentDictionary<string, bool> _durable = new();

    /// <summary>Commits all files or none. Runs on the thread pool, because syncs block.</summary>
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
            // In reverse, so that a key that occurs twice gets back its original object.
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

    /// <summary>Deletes an object, and its folder if that is empty then.</summary>
    /// <returns>False when the folder does not exist.</returns>
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
            RemoveEmptyFolders(key);
            return true;
        }
    }

    /// <summary>Renames an object, and deletes folders that become empty.</summary>
    /// <returns>False when the object does not exist.</returns>
    public bool Move(string key, string newKey)
    {
        var (path, newPath) = (Path.Combine(objects, key), Path.Combine(objects, newKey));
        lock (_names)
        {
            if (!File.Exists(path))
            {
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(newPath)!);
            File.Move(path, newPath, overwrite: true);
            RemoveEmptyFolders(key);
            return true;
        }
    }

    /// <summary>Deletes the empty folders below a prefix that are abandoned, except shared ones.</summary>
    public void RemoveEmptyFolders(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken)
    {
        var top = new DirectoryInfo(Path.Combine(objects, prefix));
        if (top.Exists)
        {
            RemoveIfEmpty(top, prefix, isAbandoned, cancellationToken);
        }
    }

    /// <returns>False when the folder was kept.</returns>
    private bool RemoveIfEmpty(DirectoryInfo folder, string key, Func<string, bool> isAbandoned, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isEmpty = true;
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                isEmpty &= entry is DirectoryInfo { LinkTarget: null } below && RemoveIfEmpty(below, $"{key}{below.Name}/", isAbandoned, cancellationToken);
            }

            if (!isEmpty || key.Count(c => c == '/') <= SharedLevels || !isAbandoned(key))
            {
                return false;
            }

            lock (_names)
            {
                folder.Delete();
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Deleted in the meantime, with the last object in it.
        }
        catch (IOException) when (folder.EnumerateFileSystemInfos().Any())
        {
            // An object was committed to it in the meantime.
            return false;
        }

        return true;
    }

    private void RemoveEmptyFolders(string key)
    {
        var folder = Path.GetDirectoryName(Path.Combine(objects, key))!;
        for (var level = key.Count(c => c == '/'); level > SharedLevels; level--, folder = Path.GetDirectoryName(folder)!)
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                break;
            }

            Directory.Delete(folder);
        }
    }

    private static string ReplacedBy(string staged) => staged + ".replaced";

    /// <summary>Moves a staged file to its final path.</summary>
    /// <returns>Path where the replaced file is kept until the commit is done; null if there was none.</returns>
    private static string? Place(string staged, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            File.Move(staged, path);
            return null;
        }
        // File.Replace links the old file to the backup name before the new one takes its place, so the path always has one of them.
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

    /// <summary>Runs one step of the clean-up. Its errors are ignored, because the caller gets the original exception and the other steps must run.</summary>
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

    /// <summary>Makes the names of objects durable, with the names of the folders above them.</summary>
    public async Task SyncFoldersAsync(IEnumerable<string> keys)
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
        await ForEachAsync(changed, DiskSync.Folder);
        foreach (var folder in shared)
        {
            _durable[folder] = true;
        }
    }

    // Concurrent syncs share commits of the file system's journal.
    private static Task ForEachAsync<T>(IReadOnlyCollection<T> items, Action<T> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = ParallelSyncs }, (item, _) =>
        {
            action(item);
            return default;
        });
}
