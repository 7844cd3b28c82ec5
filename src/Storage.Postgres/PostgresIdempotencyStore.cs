using static Chitti.Storage.Postgres.PostgresValue;

namespace Chitti.Storage.Postgres;

/// <summary>The idempotency keys in PostgreSQL. Times are by the server's clock.</summary>
/// <param name="database">The database. Not disposed.</param>
public sealed class PostgresIdempotencyStore(PostgresDatabase database) : IIdempotencyStore
{
    /// <inheritdoc/>
    public async Task<IdempotencyClaim> ClaimAsync(
        string scope, string key, string owner, TimeSpan lease, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(lease);
        await database.ExecuteAsync(
            "DELETE FROM idempotency_keys WHERE claimed_at < now() - $1 AND (answer IS NOT NULL OR lease_until <= now())",
            [Of(lifetime)], cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var claimed = await database.ExecuteAsync("""
                INSERT INTO idempotency_keys AS k (scope, key, owner, lease_until, claimed_at) VALUES ($1, $2, $3, now() + $4, now())
                ON CONFLICT (scope, key) DO UPDATE
                SET owner = excluded.owner, lease_until = excluded.lease_until, claimed_at = excluded.claimed_at
                WHERE k.answer IS NULL AND (k.lease_until <= now() OR k.lease_until > now() + $5)
                """,
                [Text(scope), Text(key), Text(owner), Of(lease), Of(LeaseRule.Horizon)], cancellationToken).ConfigureAwait(false);
            if (claimed == 1)
            {
                return new(IdempotencyState.Claimed, null, null);
            }

            // A separate statement, so that it sees what the holder has committed since. If the key is gone, it is free, and the
            // claim is tried again.
            var found = await database.ReadAsync(
                "SELECT fingerprint, answer FROM idempotency_keys WHERE scope = $1 AND key = $2", [Text(scope), Text(key)],
                (row, _) => (Fingerprint: RowFormat.TextOrNull(row, 0), Answer: RowFormat.TextOrNull(row, 1)), cancellationToken).ConfigureAwait(false);
            if (found is [var (fingerprint, answer)])
            {
                return new(answer is null ? IdempotencyState.Running : IdempotencyState.Answered, fingerprint, answer);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(string scope, string key, string owner, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        LeaseRule.CheckDuration(lease);
        return await database.ExecuteAsync(
            "UPDATE idempotency_keys SET lease_until = now() + $4 WHERE scope = $1 AND key = $2 AND owner = $3 AND answer IS NULL",
            [Text(scope), Text(key), Text(owner), Of(lease)], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string scope, string key, string owner, CancellationToken cancellationToken = default) => database.ExecuteAsync(
        "DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND owner = $3 AND answer IS NULL",
        [Text(scope), Text(key), Text(owner)], cancellationToken);
}
