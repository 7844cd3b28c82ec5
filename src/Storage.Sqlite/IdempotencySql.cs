using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on idempotency keys.</summary>
internal static class IdempotencySql
{
    public static IdempotencyClaim Claim(
        SqliteConnection connection, SqliteTransaction transaction, string scope, string key, DateTimeOffset now, DateTimeOffset expiredBefore)
    {
        connection.Execute("DELETE FROM idempotency_keys WHERE claimed_at < @before", new { before = SqliteValue.Of(expiredBefore) }, transaction);
        var claimed = connection.Execute(
            "INSERT INTO idempotency_keys (scope, key, claimed_at) VALUES (@scope, @key, @at) ON CONFLICT DO NOTHING",
            new { scope, key, at = SqliteValue.Of(now) }, transaction);
        if (claimed == 1)
        {
            return new(IdempotencyState.Claimed, null, null);
        }

        var (fingerprint, answer) = connection.QuerySingle<(string? Fingerprint, string? Answer)>(
            "SELECT fingerprint, answer FROM idempotency_keys WHERE scope = @scope AND key = @key", new { scope, key }, transaction);
        return new(answer is null ? IdempotencyState.Running : IdempotencyState.Answered, fingerprint, answer);
    }

    /// <summary>Stores the answer; the first one stays. Writes the key anew if the claim has expired meanwhile.</summary>
    public static void Complete(SqliteConnection connection, SqliteTransaction transaction, IdempotentAnswer answer, DateTimeOffset at) =>
        connection.Execute("""
            INSERT INTO idempotency_keys (scope, key, fingerprint, answer, claimed_at) VALUES (@Scope, @Key, @Fingerprint, @Answer, @at)
            ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer
            WHERE answer IS NULL
            """, new { answer.Scope, answer.Key, answer.Fingerprint, answer.Answer, at = SqliteValue.Of(at) }, transaction);
}
