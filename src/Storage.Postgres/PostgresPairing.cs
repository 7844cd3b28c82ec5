using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The pairing in PostgreSQL.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresPairing(PostgresDatabase database) : IDatabasePairing
{
    /// <inheritdoc/>
    public async Task<Pairing> GetAsync(CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            "SELECT database, generation FROM pairing", [], (row, format) => new Pairing(format.Id(row, 0), row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false)).Single();

    /// <inheritdoc/>
    public async Task<Pairing> AdvanceAsync(long least = 0, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            "UPDATE pairing SET generation = greatest(generation + 1, $1) RETURNING database, generation", [Of(least)],
            (row, format) => new Pairing(format.Id(row, 0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false)).Single();

    /// <inheritdoc/>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken = default) => (bool)(await database.ScalarAsync(
        "SELECT NOT EXISTS (SELECT FROM files) AND NOT EXISTS (SELECT FROM inspections) AND NOT EXISTS (SELECT FROM reports)", [], cancellationToken)
        .ConfigureAwait(false))!;
}
