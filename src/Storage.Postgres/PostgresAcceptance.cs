using Chitti.Domain;
using Npgsql;
using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>Accepts any number of files with one statement.</summary>
internal static class PostgresAcceptance
{
    private const string Claim = """
        claim AS (
            UPDATE idempotency_keys SET fingerprint = $15, answer = $16
            WHERE scope = $17 AND key = $18 AND owner = $19 AND answer IS NULL
            RETURNING owner),
        """;

    private static readonly string _text = Text("", "true", "true");
    private static readonly string _textWithAnswer = Text(Claim, "EXISTS (SELECT FROM claim)", "EXISTS (SELECT FROM claim)");

    /// <summary>Accepts the files. If there is an answer, only while its owner has the claim.</summary>
    public static async Task<bool> RunAsync(
        PostgresDatabase database, IReadOnlyList<(Guid Id, FileMetadata Metadata)> files, IdempotentAnswer? answer)
    {
        List<NpgsqlParameter> values =
        [
            Of(files.Select(file => file.Id).ToArray()),
            Of(files.Select(file => file.Metadata.Name).ToArray()),
            Of(files.Select(file => file.Metadata.Size).ToArray()),
            Of(files.Select(file => file.Metadata.Sha256).ToArray()),
            Of(files.Select(file => file.Metadata.MediaType).ToArray()),
            Of(files.Select(file => file.Metadata.Width).ToArray()),
            Of(files.Select(file => file.Metadata.Height).ToArray()),
            Of(files.Select(file => file.Metadata.ObjectKey).ToArray()),
            Of(files.Select(file => file.Metadata.Profile.Id).ToArray()),
            Of(files.Select(file => file.Metadata.Profile.Version).ToArray()),
            Of(files.Select(file => file.Metadata.PartId).ToArray()),
            Of(files.Select(file => file.Metadata.BatchId).ToArray()),
            Of(files.Select(file => file.Metadata.CreatedAt.UtcDateTime).ToArray()),
            Of(IWorkLedger.PublishPatience),
        ];
        if (answer is not null)
        {
            values.AddRange(
                PostgresValue.Text(answer.Fingerprint), PostgresValue.Text(answer.Answer),
                PostgresValue.Text(answer.Scope), PostgresValue.Text(answer.Key), PostgresValue.Text(answer.Owner));
        }

        // Not cancelled once sent, because the caller would not know what was stored.
        return (bool)(await database.ScalarAsync(
            answer is null ? _text : _textWithAnswer, [.. values], CancellationToken.None).ConfigureAwait(false))!;
    }

    private static string Text(string claim, string condition, string result) => $"""
        WITH {claim}
        accepted AS (
            INSERT INTO files (id, name, size, sha256, media_type, width, height, object_key, profile_id, profile_version,
                part_id, batch_id, created_at, state)
            SELECT new.*, 'queued' FROM unnest(
                $1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::text[], $9::text[], $10::integer[],
                $11::text[], $12::text[], $13::timestamptz[]) AS new
            WHERE {condition}
            ON CONFLICT (id) DO NOTHING RETURNING id),
        entries AS (
            INSERT INTO work (id, kind, attempts, due_at, stuck, dead_letter)
            SELECT id, 'file', 0, now() + $14, false, false FROM accepted)
        SELECT {result}
        """;
}
