using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>The inspections in PostgreSQL.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresInspectionStore(PostgresDatabase database) : IInspectionStore
{
    /// <inheritdoc/>
    public async Task<StoredInspection?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(
            $"{InspectionSqlText.Select} WHERE i.id = $1", [PostgresValue.Of(id)], InspectionSqlText.Read, cancellationToken)
            .ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredInspection>> ListAsync(InspectionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryText.CheckLimit(query.Limit);
        return await database.ReadAsync(InspectionSqlText.ListText(query, "JOIN"), ValuesOf(query), InspectionSqlText.Read, cancellationToken)
            .ConfigureAwait(false);
    }

    internal static NpgsqlParameter[] ValuesOf(InspectionQuery query)
    {
        List<NpgsqlParameter> values = [PostgresValue.Of(nameof(query.Limit), query.Limit)];
        AddText(nameof(query.Verdict), query.Verdict);
        AddText(nameof(query.Class), query.Class);
        AddText(nameof(query.ProfileId), query.ProfileId);
        AddText(nameof(query.ModelId), query.ModelId);
        AddText(nameof(query.PartId), query.PartId);
        AddText(nameof(query.BatchId), query.BatchId);
        AddId("before", query.Before);
        AddId("from", query.From is { } from ? UuidV7.LowestAt(from) : null);
        AddId("to", query.To is { } to ? UuidV7.LowestAt(to) : null);
        return [.. values];

        void AddText(string name, string? value)
        {
            if (value is not null)
            {
                values.Add(PostgresValue.Of(name, value));
            }
        }

        void AddId(string name, Guid? value)
        {
            if (value is { } id)
            {
                values.Add(PostgresValue.Of(name, id));
            }
        }
    }
}
