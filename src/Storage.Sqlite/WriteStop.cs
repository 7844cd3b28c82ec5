using Chitti.Domain;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// Why the database takes no more writes until a restart: a sync failed, so that the page cache may hold what the disk does
/// not, or the file is damaged. Set once; the first cause is the one that is told.
/// </summary>
internal sealed class WriteStop
{
    private Cause? _cause;

    public bool IsSet => _cause is not null;

    /// <summary>Sets it where it is not.</summary>
    /// <param name="why">What happened to which file, and what a person can do.</param>
    /// <param name="exception">What showed it.</param>
    public void Set(string why, Exception exception) => Interlocked.CompareExchange(ref _cause, new(why, exception), null);

    /// <summary>For a write that is not begun: nothing of it is stored.</summary>
    /// <exception cref="OutageException">It is set; the database refuses every write.</exception>
    public void ThrowIfSet()
    {
        if (_cause is { } cause)
        {
            throw new OutageException(Outage.StorageReadOnly, $"The database takes no more writes: {cause.Why}", cause.Exception);
        }
    }

    /// <summary>For what was committed and should be made durable: whether it is stored is unknown until a restart.</summary>
    /// <exception cref="OutageException">It is set.</exception>
    public void ThrowIfUnknown()
    {
        if (_cause is { } cause)
        {
            throw new OutageException(Outage.Database, $"What the database holds is unknown: {cause.Why}", cause.Exception);
        }
    }

    private sealed record Cause(string Why, Exception Exception);
}
