using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Tells outages of a folder of objects from failures of one object.</summary>
/// <param name="objects">Folder of the objects.</param>
internal sealed class FolderOutages(string objects)
{
    /// <summary>For what concerns no single object, and for every write: what fails is the store. Null for what is no failure of a file system.</summary>
    public static OutageException? OfStore(Exception exception) => DiskOutages.Find(exception, Outage.ObjectStore) switch
    {
        null => null,
        Outage.StorageFull => new(Outage.StorageFull, $"The object store has no space left: {exception.Message}", exception),
        Outage.StorageReadOnly => new(Outage.StorageReadOnly, $"The object store can't be written to: {exception.Message}", exception),
        var outage => new(outage.Value, $"The object store is unavailable: {exception.Message}", exception),
    };

    /// <summary>
    /// For the reading of one object: a store that can be read otherwise will not read this object better by waiting.
    /// Null for what is no failure of a file system.
    /// </summary>
    public Exception? OfObject(string key, Exception exception)
    {
        if (exception is not (IOException or UnauthorizedAccessException))
        {
            return null;
        }

        return FindUnreadable() is { } cause
            ? new OutageException(Outage.ObjectStore, $"The object store is unavailable: {cause.Message}", exception)
            : new InvalidDataException($"The object {key} can't be read: {exception.Message}", exception);
    }

    /// <summary>Where an object is missing: throws if the whole store is, so that it does not pass for an empty one.</summary>
    /// <exception cref="OutageException">The store's folder is gone or can't be read.</exception>
    public void ThrowIfUnreadable()
    {
        if (FindUnreadable() is { } cause)
        {
            throw new OutageException(Outage.ObjectStore, $"The object store is unavailable: {cause.Message}", cause);
        }
    }

    private Exception? FindUnreadable()
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(objects).GetEnumerator();
            entries.MoveNext();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception;
        }
    }
}
