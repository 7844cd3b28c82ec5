using Npgsql;
using NpgsqlTypes;

namespace Chitti.Storage.Postgres;

/// <summary>Statements on files that go in batches.</summary>
internal static class PostgresFiles
{
    public static NpgsqlBatchCommand Insert(FileRow file) => new("""
        INSERT INTO files (id, name, size, sha256, media_type, width, height, object_key, profile_id, profile_version,
            part_id, batch_id, state, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued', $13)
        ON CONFLICT (id) DO NOTHING
        """)
    {
        Parameters =
        {
            new() { Value = file.Id },
            Text(file.Name),
            new() { Value = file.Size },
            Text(file.Sha256),
            Text(file.MediaType),
            new() { Value = file.Width },
            new() { Value = file.Height },
            Text(file.ObjectKey),
            Text(file.ProfileId),
            new() { Value = file.ProfileVersion },
            Text(file.PartId),
            Text(file.BatchId),
            new() { Value = file.CreatedAt.UtcDateTime },
        },
    };

    internal static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value ?? (object)DBNull.Value };
}
