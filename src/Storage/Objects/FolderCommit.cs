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
        var moved = new List<string>(files.Count);
        var made = new List<string>(files.Count);
        try
        {
            await ForEachAsync(files, file => file.Staged.Finish());
            lock (_names)
            {
                foreach (var (staged, key) in files)
                {
                    var path = Path.Combine(objects, key);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    if (!File.Exists(path))
                        made.Add(key);
                    File.Move(staged.Path, path, overwrite: true);
                    moved.Add(key);
                }
            }
            await SyncFoldersAsync(moved);
        }
        catch
        {
            // What was there before is not removed with what replaced it: old or new, there is a whole object.
            foreach (var key in made)
                await TryAsync(() => { Delete(key); return default; });
            foreach (var (staged, _) in files)
                await TryAsync(staged.DisposeAsync);
            throw;
        }
    });

    public void Delete(string key)
    {
        var path = Path.Combine(objects, key);
        var folder = Path.GetDirectoryName(path)!;
        lock (_names)
        {
            if (!Directory.Exists(folder))
                return;
            File.Delete(path);
            for (var level = key.Count(c => c == '/'); level > SharedLevels; level--, folder = Path.GetDirectoryName(folder)!)
            {
                if (Directory.EnumerateFileSystemEntries(folder).Any())
                    return;
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Cleans up a part. What fails on the way is left to the sweeper; what is told is the failure that came first.</summary>
    private static async ValueTask TryAsync(Func<ValueTask> cleanUp)
    {
        try
        {
            await cleanUp();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private async Task SyncFoldersAsync(List<string> keys)
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
                    shared.Add(folder);
                folder = Path.GetDirectoryName(folder)!;
                changed.Add(folder);
            }
        }
        await ForEachAsync(changed, DirectorySync.Flush);
        foreach (var folder in shared)
            _durable[folder] = true;
    }

    // Syncs at the same time share the file system's own commits.
    private static Task ForEachAsync<T>(IReadOnlyCollection<T> items, Action<T> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = ParallelSyncs }, (item, _) =>
        {
            action(item);
            return default;
        });
}
