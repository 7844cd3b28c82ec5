using Chitti.Domain;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// Stops all writes to the database until a restart, because a sync failed, so that the page cache may differ from the disk,
/// or because the file is damaged. Only the first cause is kept.
/// </summary>
internal sealed class WriteStop
{
    private Cause? _cause;

    public bool IsSet => _cause is not null;

    /// <summary>Stops writes, unless they have stopped already.</summary>
    /// <param name="why">What happened to which file, and what to do about it.</param>
    /// <param name="exception">The cause.</param>
    public void Set(string why, Exception exception) => Interlocked.CompareExchange(ref _cause, new(why, exception), null);

    /// <summary>Call before a write: when it throws, nothing of the write is stored.</summary>
    /// <exception cref="OutageException">Writes have stopped (<see cref="Outage.StorageReadOnly"/>).</exception>
    public void ThrowIfSet()
    {
        if (_cause is { } cause)
        {
            throw new OutageException(Outage.StorageReadOnly, $"The database accepts no more writes: {cause.Why}", cause.Exception);
        }
    }

    /// <summary>Call after a commit: when it throws, whether the commit is stored is unknown until a restart.</summary>
    /// <exception cref="OutageException">Writes have stopped (<see cref="Outage.Database"/>).</exception>
    public void ThrowIfUnknown()
    {
        if (_cause is { } cause)
        {
            throw new OutageException(Outage.Database, $"What the database has stored is unknown: {cause.Why}", cause.Exception);
        }
    }

    private sealed record Cause(string Why, Exception Exception);
}
