using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Parameters of file queries.</summary>
internal static class PostgresFileQuery
{
    public static NpgsqlParameter[] Values(FileQuery query)
    {
        List<NpgsqlParameter> values = [PostgresValue.Of(nameof(query.Limit), query.Limit)];
        Add(nameof(query.State), query.State);
        Add(nameof(query.Verdict), query.Verdict);
        Add(nameof(query.Class), query.Class);
        Add(nameof(query.PartId), query.PartId);
        Add(nameof(query.BatchId), query.BatchId);
        if (query.Before is { } before)
        {
            values.Add(PostgresValue.Of("before", before));
        }

        if (query.From is { } from)
        {
            values.Add(PostgresValue.Of("from", from.UtcDateTime));
        }

        if (query.To is { } to)
        {
            values.Add(PostgresValue.Of("to", UpToMicrosecond(to.UtcDateTime)));
        }

        return [.. values];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                values.Add(PostgresValue.Of(name, value));
            }
        }
    }

    // Rounded up, because the server stores microseconds and a row just before this time must match.
    private static DateTime UpToMicrosecond(DateTime time) => (time.Ticks % TimeSpan.TicksPerMicrosecond, time < DateTime.MaxValue.AddTicks(-TimeSpan.TicksPerMicrosecond)) switch
    {
        (0, _) or (_, false) => time,
        (var rest, _) => time.AddTicks(TimeSpan.TicksPerMicrosecond - rest),
    };
}
