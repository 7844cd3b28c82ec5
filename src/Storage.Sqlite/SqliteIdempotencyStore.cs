using Dapper;

namespace Chitti.Storage.Sqlite;

/// <summary>The idempotency keys in SQLite.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    /// <inheritdoc/>
    public async Task<IdempotencyClaim> ClaimAsync(
        string scope, string key, string owner, TimeSpan lease, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(lease);
        var claim = await database.WriteAsync((connection, transaction) =>
        {
            var now = database.Now;
            var values = new
            {
                scope,
                key,
                owner,
                now = SqliteValue.Of(now),
                until = SqliteValue.Of(now + lease),
                horizon = SqliteValue.Of(now + LeaseRule.Horizon),
                expired = SqliteValue.Of(now - lifetime),
            };
            connection.Execute(
                "DELETE FROM idempotency_keys WHERE claimed_at < @expired AND (answer IS NOT NULL OR lease_until <= @now)", values, transaction);
            var claimed = connection.Execute("""
                INSERT INTO idempotency_keys (scope, key, owner, lease_until, claimed_at) VALUES (@scope, @key, @owner, @until, @now)
                ON CONFLICT (scope, key) DO UPDATE
                SET owner = excluded.owner, lease_until = excluded.lease_until, claimed_at = excluded.claimed_at
                WHERE answer IS NULL AND (lease_until <= @now OR lease_until > @horizon)
                """, values, transaction) == 1;
            if (claimed)
            {
                return new(IdempotencyState.Claimed, null, null);
            }

            var (fingerprint, answer) = connection.QuerySingle<(string? Fingerprint, string? Answer)>(
                "SELECT fingerprint, answer FROM idempotency_keys WHERE scope = @scope AND key = @key", values, transaction);
            return new IdempotencyClaim(answer is null ? IdempotencyState.Running : IdempotencyState.Answered, fingerprint, answer);
        }, cancellationToken).ConfigureAwait(false);
        if (claim.State == IdempotencyState.Answered)
        {
            // The call that stored the answer may still wait for its sync, and is refused if that fails.
            await database.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return claim;
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(string scope, string key, string owner, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(lease);
        return database.WriteAsync((connection, transaction) => connection.Execute("""
            UPDATE idempotency_keys SET lease_until = @until
            WHERE scope = @scope AND key = @key AND owner = @owner AND answer IS NULL
            """, new { scope, key, owner, until = SqliteValue.Of(database.Now + lease) }, transaction) == 1, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string scope, string key, string owner, CancellationToken cancellationToken = default) =>
        database.WriteAsync((connection, transaction) => connection.Execute(
            "DELETE FROM idempotency_keys WHERE scope = @scope AND key = @key AND owner = @owner AND answer IS NULL",
            new { scope, key, owner }, transaction), cancellationToken);
}
