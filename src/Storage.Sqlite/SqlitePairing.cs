using Dapper;

namespace Chitti.Storage.Sqlite;

/// <summary>The pairing in SQLite.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqlitePairing(SqliteDatabase database) : IDatabasePairing
{
    /// <inheritdoc/>
    public Task<Pairing> GetAsync(CancellationToken cancellationToken = default) => database.ReadAsync(connection =>
        connection.Read("SELECT database, generation FROM pairing", null, (row, _) => new Pairing(Guid.Parse(row.GetString(0)), row.GetInt64(1))).Single(),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<Pairing> AdvanceAsync(long least = 0, CancellationToken cancellationToken = default)
    {
        var pairing = await database.WriteAsync((connection, transaction) => connection.Read(
            "UPDATE pairing SET generation = max(generation + 1, @least) RETURNING database, generation", new { least },
            (row, _) => new Pairing(Guid.Parse(row.GetString(0)), row.GetInt64(1)), transaction).Single(), cancellationToken).ConfigureAwait(false);
        await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return pairing;
    }

    /// <inheritdoc/>
    public Task<bool> IsEmptyAsync(CancellationToken cancellationToken = default) => database.ReadAsync(connection => connection.ExecuteScalar<bool>(
        "SELECT NOT EXISTS (SELECT 1 FROM files) AND NOT EXISTS (SELECT 1 FROM inspections) AND NOT EXISTS (SELECT 1 FROM reports)"), cancellationToken);
}
