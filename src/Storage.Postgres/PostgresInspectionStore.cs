using Chitti.Domain;

namespace Chitti.Storage.Postgres;

/// <summary>The inspections in PostgreSQL.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresInspectionStore(PostgresDatabase database) : IInspectionStore
{
    /// <inheritdoc/>
    public async Task<Inspection?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            "SELECT document FROM inspections WHERE id = $1", [PostgresValue.Of(id)],
            (row, _) => InspectionJson.Read(row.GetString(0)), cancellationToken).ConfigureAwait(false)).SingleOrDefault();
}
