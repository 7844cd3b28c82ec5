using System.Runtime.CompilerServices;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>
/// Objects as files below one folder: <c>objects/&lt;key&gt;</c>, and <c>staging</c> for bytes that are not committed yet. A commit
/// syncs the file, renames it into place and syncs the folders.
/// </summary>
public sealed class FolderObjectStore : IObjectStore
{
    private const int ListChunk = 256;
    private readonly string _objects;
    private readonly string _staging;
    private readonly FolderObjectStoreOptions _options;
    private readonly FolderCommit _commit;
    private readonly FolderOutages _outages;

    /// <summary>Opens the folder, creates it if needed, and deletes what dead processes left in staging.</summary>
    /// <exception cref="IOException">The folder can't be used.</exception>
    public FolderObjectStore(FolderObjectStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var root = Path.GetFullPath(options.Root);
        _objects = Path.Combine(root, "objects");
        _staging = Path.Combine(root, "staging");
        _commit = new FolderCommit(_objects);
        _outages = new FolderOutages(_objects);
        if (!options.ReadOnly)
        {
            DiskSync.CreateFolder(_objects);
            DiskSync.CreateFolder(_staging);
            ClearStaging();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IStagedObject> StageAsync(bool accepted = false, CancellationToken cancellationToken = default)
    {
        ThrowIfReadOnly();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!accepted)
            {
                KeepReserve(0);
            }

            return new(new StagedFile(this, Path.Combine(_staging, Path.GetRandomFileName()), accepted ? _ => { } : KeepReserve));
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(IReadOnlyList<(IStagedObject Staged, string Key)> objects, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var files = new List<(StagedFile Staged, string Key)>(objects.Count);
        foreach (var (staged, key) in objects)
        {
            ObjectKey.Validate(key);
            files.Add((staged as StagedFile ?? throw new ArgumentException("The object was staged by another store.", nameof(objects)), key));
        }
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on, because half a commit would have to be undone.
            await _commit.RunAsync(files);
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        try
        {
            var file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
            return new(new TranslatingStream(file, exception => _outages.OfObject(key, exception)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            _outages.ThrowIfUnreadable();
            return new((Stream?)null);
        }
        catch (Exception exception) when (_outages.OfObject(key, exception) is { } translated)
        {
            throw translated;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> GetInfoAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        try
        {
            if (Describe(new FileInfo(PathOf(key))) is { } info)
            {
                return new(info);
            }

            _outages.ThrowIfUnreadable();
            return new((ObjectInfo?)null);
        }
        catch (Exception exception) when (_outages.OfObject(key, exception) is { } translated)
        {
            throw translated;
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        ThrowIfReadOnly();
        try
        {
            if (!_commit.Delete(key))
            {
                _outages.ThrowIfUnreadable();
            }

            return default;
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> MoveAsync(string key, string newKey, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        ObjectKey.Validate(newKey);
        ThrowIfReadOnly();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (_commit.Move(key, newKey))
            {
                return new(true);
            }

            _outages.ThrowIfUnreadable();
            return new(false);
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public async ValueTask SyncAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            ObjectKey.Validate(key);
        }

        ThrowIfReadOnly();
        try
        {
            // Syncs block.
            await Task.Run(() => _commit.SyncFoldersAsync(keys), cancellationToken);
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveEmptyFoldersAsync(string prefix, Func<string, bool> isAbandoned, CancellationToken cancellationToken = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        ThrowIfReadOnly();
        try
        {
            // Reading folders blocks.
            await Task.Run(() => _commit.RemoveEmptyFolders(prefix, isAbandoned, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public async ValueTask CheckAsync(CancellationToken cancellationToken = default)
    {
        await using var staged = (StagedFile)await StageAsync(cancellationToken: cancellationToken);
        await staged.Content.WriteAsync("chitti"u8.ToArray(), cancellationToken);
        try
        {
            // Syncs block.
            await Task.Run(() =>
            {
                staged.Finish();
                DiskSync.Folder(_staging);
                DiskSync.Folder(_objects);
            }, CancellationToken.None);
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        var folder = PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder))
        {
            _outages.ThrowIfUnreadable();
            yield break;
        }
        // Reading folders blocks, so it runs in chunks on the thread pool.
        using var files = OpenList(folder);
        List<ObjectInfo> chunk;
        do
        {
            chunk = await Task.Run(() => Next(files), cancellationToken);
            foreach (var info in chunk)
            {
                if (info.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield return info;
                }
            }
        }
        while (chunk.Count > 0);
    }

    private static IEnumerator<FileInfo> OpenList(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).GetEnumerator();
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    private List<ObjectInfo> Next(IEnumerator<FileInfo> files)
    {
        try
        {
            var chunk = new List<ObjectInfo>(ListChunk);
            while (chunk.Count < ListChunk && files.MoveNext())
            {
                if (Describe(files.Current) is { } info)
                {
                    chunk.Add(info);
                }
            }
            return chunk;
        }
        catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
        {
            throw outage;
        }
    }

    private ObjectInfo? Describe(FileInfo file)
    {
        try
        {
            var key = Path.GetRelativePath(_objects, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            return ObjectKey.IsValid(key) ? new(key, file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void ThrowIfReadOnly()
    {
        if (_options.ReadOnly)
        {
            throw new InvalidOperationException("The object store was opened for reading.");
        }
    }

    private string PathOf(string key) => Path.Combine(_objects, key);

    /// <summary>Called before each write, because other uploads and other programs take space meanwhile.</summary>
    private void KeepReserve(int bytes)
    {
        if (new DriveInfo(_staging).AvailableFreeSpace - bytes < _options.ReserveBytes)
        {
            throw new OutageException(Outage.StorageFull, $"No more than {_options.ReserveBytes} bytes are free on the volume of {_staging}.");
        }
    }

    private void ClearStaging()
    {
        foreach (var path in Directory.EnumerateFiles(_staging))
        {
            try
            {
                // Exclusive opening fails while a running process has the file open, so only files of dead processes are deleted.
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose).Dispose();
            }
            catch (IOException)
            {
            }
        }
    }

    /// <summary>Bytes in staging.</summary>
    internal sealed class StagedFile : IStagedObject
    {
        private readonly FolderObjectStore _store;
        private readonly FileStream _content;

        /// <param name="store">The store.</param>
        /// <param name="path">Path of the staged file.</param>
        /// <param name="beforeWrite">Called before each write with its number of bytes; throws to refuse the write.</param>
        public StagedFile(FolderObjectStore store, string path, Action<int> beforeWrite)
        {
            (_store, Path) = (store, path);
            _content = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
            Content = new TranslatingStream(_content, FolderOutages.OfStore, beforeWrite);
        }

        public Stream Content { get; }

        public string Path { get; }

        public ValueTask CommitAsync(string key, CancellationToken cancellationToken = default) =>
            _store.CommitAsync([(this, key)], cancellationToken);

        /// <summary>Syncs the bytes and closes the file. Blocks.</summary>
        public void Finish()
        {
            _content.Flush();
            DiskSync.File(_content.SafeFileHandle, Path);
            _content.Dispose();
        }

        /// <summary>Like <see cref="DisposeAsync"/>, but blocks.</summary>
        public void Discard()
        {
            try
            {
                _content.Dispose();
            }
            finally
            {
                File.Delete(Path);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                try
                {
                    await Content.DisposeAsync();
                }
                finally
                {
                    File.Delete(Path); // Does nothing after a commit, because the file was moved.
                }
            }
            catch (DirectoryNotFoundException)
            {
                // The staging folder is gone, and the file with it.
            }
            catch (Exception exception) when (FolderOutages.OfStore(exception) is { } outage)
            {
                throw outage;
            }
        }
    }
}
