namespace Chitti.Storage.Sqlite;

/// <summary>The inspections in SQLite.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteInspectionStore(SqliteDatabase database) : IInspectionStore
{
    /// <inheritdoc/>
    public Task<StoredInspection?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection =>
            connection.Read($"{InspectionSqlText.Select} WHERE i.id = @id", new { id = SqliteValue.Of(id) }, InspectionSqlText.Read).SingleOrDefault(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredInspection>> ListAsync(InspectionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryText.CheckLimit(query.Limit);
        return database.ReadAsync<IReadOnlyList<StoredInspection>>(connection =>
            connection.Read(InspectionSqlText.ListText(query), ValuesOf(query), InspectionSqlText.Read), cancellationToken);
    }

    internal static object ValuesOf(InspectionQuery query) => new
    {
        query.Verdict,
        query.Class,
        query.ProfileId,
        query.ModelId,
        query.PartId,
        query.BatchId,
        query.Limit,
        before = IdOf(query.Before),
        from = IdOf(query.From is { } from ? UuidV7.LowestAt(from) : null),
        to = IdOf(query.To is { } to ? UuidV7.LowestAt(to) : null),
    };

    private static string? IdOf(Guid? id) => id is { } value ? SqliteValue.Of(value) : null;
}
