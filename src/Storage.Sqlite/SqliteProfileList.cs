using Dapper;

namespace Chitti.Storage.Sqlite;

/// <summary>The profile list in SQLite.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteProfileList(SqliteDatabase database) : IProfileList
{
    /// <inheritdoc/>
    public async Task UpsertAsync(ProfileRow profile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        await database.WriteAsync((connection, transaction) => connection.Execute("""
            INSERT INTO profiles (id, version, document, updated_at) VALUES (@Id, @Version, @Document, @at)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, document = excluded.document, updated_at = excluded.updated_at
            WHERE excluded.version >= version
            """, new { profile.Id, profile.Version, profile.Document, at = SqliteValue.Of(profile.UpdatedAt) }, transaction), cancellationToken).ConfigureAwait(false);
        await database.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProfileRow>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync<IReadOnlyList<ProfileRow>>(connection => connection.Read(
            "SELECT id, version, document, updated_at FROM profiles WHERE id > @afterId ORDER BY id LIMIT @limit",
            new { afterId = afterId ?? "", limit },
            (row, format) => new ProfileRow(row.GetString(0), row.GetInt32(1), row.GetString(2), format.Time(row, 3))), cancellationToken);
    }
}
