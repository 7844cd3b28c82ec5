using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The profile list in PostgreSQL.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresProfileList(PostgresDatabase database) : IProfileList
{
    /// <inheritdoc/>
    public Task UpsertAsync(ProfileRow profile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return database.ExecuteAsync("""
            INSERT INTO profiles AS p (id, version, document, updated_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, document = excluded.document, updated_at = excluded.updated_at
            WHERE excluded.version >= p.version
            """, [Text(profile.Id), Of(profile.Version), Text(profile.Document), Time(profile.UpdatedAt)], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProfileRow>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await database.ReadAsync(
            "SELECT id, version, document, updated_at FROM profiles WHERE id > $1 ORDER BY id LIMIT $2", [Text(afterId ?? ""), Of(limit)],
            (row, format) => new ProfileRow(row.GetString(0), row.GetInt32(1), row.GetString(2), format.Time(row, 3)), cancellationToken).ConfigureAwait(false);
    }
}
