using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on idempotency keys that are parts of an acceptance.</summary>
internal static class IdempotencySql
{
    /// <summary>Stores the answer where the claim is still the owner's and unanswered.</summary>
    public static bool Answer(SqliteConnection connection, SqliteTransaction transaction, IdempotentAnswer answer) =>
        connection.Execute("""
            UPDATE idempotency_keys SET fingerprint = @Fingerprint, answer = @Answer
            WHERE scope = @Scope AND key = @Key AND owner = @Owner AND answer IS NULL
            """, answer, transaction) == 1;

    /// <summary>Takes the answer back; the claim stays the owner's.</summary>
    public static void Unanswer(SqliteConnection connection, SqliteTransaction transaction, IdempotentAnswer answer) =>
        connection.Execute("""
            UPDATE idempotency_keys SET fingerprint = NULL, answer = NULL
            WHERE scope = @Scope AND key = @Key AND owner = @Owner AND answer = @Answer
            """, answer, transaction);
}
