using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Statements on idempotency keys that are part of an acceptance.</summary>
internal static class IdempotencySql
{
    /// <summary>Stores the answer if the owner still has the claim and it has no answer yet.</summary>
    public static bool Answer(SqliteConnection connection, SqliteTransaction transaction, IdempotentAnswer answer) =>
        connection.Execute("""
            UPDATE idempotency_keys SET fingerprint = @Fingerprint, answer = @Answer
            WHERE scope = @Scope AND key = @Key AND owner = @Owner AND answer IS NULL
            """, answer, transaction) == 1;

    /// <summary>Removes the answer. The owner keeps the claim.</summary>
    public static void RemoveAnswer(SqliteConnection connection, SqliteTransaction transaction, IdempotentAnswer answer) =>
        connection.Execute("""
            UPDATE idempotency_keys SET fingerprint = NULL, answer = NULL
            WHERE scope = @Scope AND key = @Key AND owner = @Owner AND answer = @Answer
            """, answer, transaction);
}
