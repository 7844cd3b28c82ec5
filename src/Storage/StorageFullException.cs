namespace Chitti.Storage;

/// <summary>The volume has less room than is kept for finishing accepted work.</summary>
public sealed class StorageFullException : IOException
{
    /// <summary>With the default message.</summary>
    public StorageFullException() : this("The storage is full.")
    {
    }

    /// <summary>With a message.</summary>
    public StorageFullException(string message) : base(message, StorageFull.NoSpace)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public StorageFullException(string message, Exception innerException) : base(message, innerException) =>
        HResult = StorageFull.NoSpace;
}
