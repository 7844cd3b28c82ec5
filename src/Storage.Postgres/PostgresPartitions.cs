using System.Globalization;
using Dapper;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>
/// Monthly partitions of inspections. The tables are partitioned by file id, and a file id begins with the time of acceptance,
/// so the month is that of the acceptance, UTC.
/// </summary>
/// <param name="source">The database, also through a pooler in transaction mode. Not disposed.</param>
public sealed class PostgresPartitions(NpgsqlDataSource source)
{
    private const long LockKey = 0x4368_6974_7470;

    private static readonly string[] _tables = ["inspections", "inspection_classes"];

    /// <summary>Creates the missing partitions from a month on. Idempotent, and safe to call from several processes at once.</summary>
    /// <param name="from">A time in the first month.</param>
    /// <param name="months">Number of months, 1..120.</param>
    /// <param name="cancellationToken">Cancels. Then nothing is created.</param>
    /// <returns>Names of the partitions created.</returns>
    /// <exception cref="Domain.OutageException">The database is unavailable.</exception>
    /// <exception cref="PostgresException">The default partition already has rows of such a month (23514), because its partition was not created in time.</exception>
    public Task<IReadOnlyList<string>> EnsureAsync(DateTimeOffset from, int months, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 120);
        return PostgresOutages.GuardAsync(() => MakeAsync(from, months, cancellationToken));
    }

    /// <summary>Drops the partitions of all months before the month of <paramref name="time"/>, with their inspections.</summary>
    /// <returns>Names of the partitions dropped.</returns>
    /// <exception cref="Domain.OutageException">The database is unavailable.</exception>
    public Task<IReadOnlyList<string>> DropBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        PostgresOutages.GuardAsync(() => DropAsync(time, cancellationToken));

    private async Task<IReadOnlyList<string>> MakeAsync(DateTimeOffset from, int months, CancellationToken cancellationToken)
    {
        var first = FirstOf(from);
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var there = await LockAndListAsync(connection, transaction).ConfigureAwait(false);
        var made = new List<string>();
        for (var month = first; month < first.AddMonths(months); month = month.AddMonths(1))
        {
            foreach (var table in _tables)
            {
                var name = NameOf(table, month);
                if (there.Contains(name))
                {
                    continue;
                }

                await connection.ExecuteAsync(
                    $"CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ('{UuidV7.LowestAt(month)}') TO ('{UuidV7.LowestAt(month.AddMonths(1))}')",
                    transaction: transaction).ConfigureAwait(false);
                made.Add(name);
            }
        }
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return made;
    }

    private async Task<IReadOnlyList<string>> DropAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var keep = FirstOf(time);
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var there = await LockAndListAsync(connection, transaction).ConfigureAwait(false);
        List<string> dropped = [.. there.Where(name => MonthOf(name) is { } month && month < keep).Order(StringComparer.Ordinal)];
        foreach (var name in dropped)
        {
            await connection.ExecuteAsync($"DROP TABLE {name}", transaction: transaction).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return dropped;
    }

    private static async Task<HashSet<string>> LockAndListAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({LockKey})", transaction: transaction).ConfigureAwait(false);
        return [.. await connection.QueryAsync<string>(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ANY (@tables::regclass[])",
            new { tables = _tables }, transaction).ConfigureAwait(false)];
    }

    private static DateTimeOffset FirstOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static string NameOf(string table, DateTimeOffset month) => string.Create(CultureInfo.InvariantCulture, $"{table}_{month:yyyy_MM}");

    private static DateTimeOffset? MonthOf(string partition) =>
        partition.Length > 7 && DateTimeOffset.TryParseExact(
            partition[^7..], "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var month) ? month : null;
}
