namespace Chitti.Storage;

/// <summary>The pairing as stored in the database. Throws as <see cref="IFileStore"/>.</summary>
public interface IDatabasePairing
{
    /// <summary>Reads the pairing.</summary>
    Task<Pairing> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Increases the generation. Durable when the task completes.</summary>
    /// <param name="least">Minimum of the new generation.</param>
    /// <param name="cancellationToken">Has no effect once the write has begun.</param>
    Task<Pairing> AdvanceAsync(long least = 0, CancellationToken cancellationToken = default);

    /// <summary>Whether the database has no files, inspections and reports.</summary>
    Task<bool> IsEmptyAsync(CancellationToken cancellationToken = default);
}
