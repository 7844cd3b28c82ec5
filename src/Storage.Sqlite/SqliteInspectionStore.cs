using Chitti.Domain;
using Dapper;

namespace Chitti.Storage.Sqlite;

/// <summary>The inspections in SQLite.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteInspectionStore(SqliteDatabase database) : IInspectionStore
{
    /// <inheritdoc/>
    public Task<Inspection?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection =>
            connection.QuerySingleOrDefault<string>("SELECT document FROM inspections WHERE id = @id", new { id = SqliteValue.Of(id) }) is { } document
                ? InspectionJson.Read(document)
                : null, cancellationToken);
}
