using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Distinguishes outages of the store from failures of a single object.</summary>
/// <param name="objects">Folder of the objects.</param>
internal sealed class FolderOutages(string objects)
{
    /// <summary>For writes and for operations on the whole store: every error of the file system is an outage. Null for other exceptions.</summary>
    public static OutageException? OfStore(Exception exception) => DiskOutages.Find(exception, Outage.ObjectStore) switch
    {
        null => null,
        Outage.StorageFull => new(Outage.StorageFull, $"The object store has no space left: {exception.Message}", exception),
        Outage.StorageReadOnly => new(Outage.StorageReadOnly, $"The object store can't be written to: {exception.Message}", exception),
        var outage => new(outage.Value, $"The object store is unavailable: {exception.Message}", exception),
    };

    /// <summary>
    /// For reads of one object: an outage only if the whole store can't be read, because otherwise waiting would not help. Null
    /// for exceptions that are not errors of the file system.
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

    /// <summary>Call it when an object is missing: throws if the whole store is unavailable, for example because its volume is not mounted.</summary>
    /// <exception cref="OutageException">The folder of the store does not exist or can't be read.</exception>
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
