namespace Chitti.Storage;

/// <summary>Checks whether the database works.</summary>
public interface IDatabaseProbe
{
    /// <summary>Reads and writes a row.</summary>
    /// <exception cref="Domain.OutageException">The database can't be read or written, or a sync failed and what is stored is unknown until a restart.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
