namespace Chitti.Storage;

/// <summary>Checks whether the database works.</summary>
public interface IDatabaseProbe
{
    /// <summary>Reads and writes a row, durably.</summary>
    /// <exception cref="Domain.OutageException">The database can't be read or written, or writes have stopped until a restart because a sync failed or the database is damaged.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
