using Dapper;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Statements on idempotency keys.</summary>
internal static class PostgresIdempotency
{
    /// <summary>
    /// Makes the key the caller's if nobody has it, or if it has expired. Each statement is its own transaction: what is read
    /// after the claim failed is what the one who has it has committed, or that it is gone again, and then the claim is tried anew.
    /// </summary>
    public static async Task<IdempotencyClaim> ClaimAsync(
        NpgsqlConnection connection, string scope, string key, DateTimeOffset now, DateTimeOffset expiredBefore, CancellationToken cancellationToken)
    {
        var values = new { scope, key, at = now.UtcDateTime, before = expiredBefore.UtcDateTime };
        await ExecuteAsync("DELETE FROM idempotency_keys WHERE claimed_at < @before").ConfigureAwait(false);
        while (true)
        {
            if (await ExecuteAsync("INSERT INTO idempotency_keys (scope, key, claimed_at) VALUES (@scope, @key, @at) ON CONFLICT DO NOTHING").ConfigureAwait(false) == 1)
            {
                return new(IdempotencyState.Claimed, null, null);
            }

            var found = await connection.QuerySingleOrDefaultAsync<(string? Fingerprint, string? Answer)?>(new CommandDefinition(
                "SELECT fingerprint, answer FROM idempotency_keys WHERE scope = @scope AND key = @key", values, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (found is var (fingerprint, answer))
            {
                return new(answer is null ? IdempotencyState.Running : IdempotencyState.Answered, fingerprint, answer);
            }
        }

        Task<int> ExecuteAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }

    /// <summary>Stores the answer; the first one stays. Writes the key anew if the claim has expired meanwhile.</summary>
    public static NpgsqlBatchCommand Complete(IdempotentAnswer answer, DateTimeOffset at) => new("""
        INSERT INTO idempotency_keys AS k (scope, key, fingerprint, answer, claimed_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer
        WHERE k.answer IS NULL
        """)
    {
        Parameters =
        {
            PostgresFiles.Text(answer.Scope),
            PostgresFiles.Text(answer.Key),
            PostgresFiles.Text(answer.Fingerprint),
            PostgresFiles.Text(answer.Answer),
            new() { Value = at.UtcDateTime },
        },
    };
}
