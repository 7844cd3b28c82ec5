using System.Buffers.Binary;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>
/// Months of inspections. A month is of the file's acceptance, UTC: the file's id begins with it, and ids are what the
/// tables are partitioned by.
/// </summary>
/// <param name="source">The database; a pooler in transaction mode will do.</param>
public sealed class PostgresPartitions(NpgsqlDataSource source)
{
    private const long LockKey = 0x4368_6974_7470;

    private static readonly string[] _tables = ["inspections", "inspection_classes"];

    /// <summary>Makes the partitions of a month and of those after it that are not there. Safe to repeat and to call from many processes.</summary>
    /// <param name="from">A time in the first month.</param>
    /// <param name="months">How many, 1..120.</param>
    /// <param name="cancellationToken">Cancels; nothing is made then.</param>
    /// <returns>Names of the partitions made.</returns>
    /// <exception cref="Domain.OutageException">The database is unavailable.</exception>
    /// <exception cref="PostgresException">Rows of such a month are in the rest already (23514): the partition was not made ahead.</exception>
    public Task<IReadOnlyList<string>> EnsureAsync(DateTimeOffset from, int months, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 120);
        return PostgresOutages.GuardAsync(() => MakeAsync(from, months, cancellationToken));
    }

    /// <summary>Drops the months before the one of a time, with all their inspections.</summary>
    /// <returns>Names of the partitions dropped.</returns>
    /// <exception cref="Domain.OutageException">The database is unavailable.</exception>
    public Task<IReadOnlyList<string>> DropBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        PostgresOutages.GuardAsync(() => DropAsync(time, cancellationToken));

    /// <summary>The lowest id that a UUIDv7 of this time or later can have.</summary>
    internal static Guid LowestId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

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
                    $"CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ('{LowestId(month)}') TO ('{LowestId(month.AddMonths(1))}')",
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
