using System.Data.Common;
using Npgsql;
using Polly;

namespace Chitti.Storage.Postgres;

/// <summary>
/// A PostgreSQL database. Works through a pooler in transaction mode: every call is one statement, or several that do not
/// lean on each other's session. A commit is answered when it is durable, as long as the server's
/// <c>synchronous_commit</c> is on, which is its default.
/// </summary>
/// <param name="source">Where, with this program's schema (the project Storage.Postgres.Migrations); stays the caller's.</param>
public sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabaseProbe
{
    // A statement that is run again at once may meet the same transaction again before that one has gone on.
    private static readonly ResiliencePipeline _contention = new ResiliencePipelineBuilder().AddRetry(new()
    {
        ShouldHandle = new PredicateBuilder().Handle<PostgresException>(PostgresOutages.IsContention),
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromMilliseconds(20),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    }).Build();

    /// <summary>
    /// A data source that does not reset sessions: no call changes one, so that a reset would be one more statement for each
    /// call, and through a pooler in transaction mode would reach the session of another.
    /// </summary>
    /// <param name="connectionString">Of the server or of a pooler.</param>
    /// <exception cref="ArgumentException">Not a connection string.</exception>
    public static NpgsqlDataSource CreateSource(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true });

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE liveness SET writes = writes + 1", [], cancellationToken);

    /// <summary>Runs one statement.</summary>
    /// <returns>How many rows it changed.</returns>
    internal Task<int> ExecuteAsync(string sql, NpgsqlParameter[] values, CancellationToken cancellationToken) =>
        RunAsync(sql, values, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <summary>Runs one statement that gives one value, or no row.</summary>
    internal Task<object?> ScalarAsync(string sql, NpgsqlParameter[] values, CancellationToken cancellationToken) =>
        RunAsync(sql, values, command => command.ExecuteScalarAsync(cancellationToken), cancellationToken);

    /// <summary>Runs one statement and reads its rows.</summary>
    internal Task<List<T>> ReadAsync<T>(
        string sql, NpgsqlParameter[] values, Func<DbDataReader, RowFormat, T> read, CancellationToken cancellationToken) =>
        RunAsync(sql, values, async command =>
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var rows = new List<T>();
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(read(row, PostgresValue.Format));
            }

            return rows;
        }, cancellationToken);

    private Task<T> RunAsync<T>(string sql, NpgsqlParameter[] values, Func<NpgsqlCommand, Task<T>> run, CancellationToken cancellationToken) =>
        PostgresOutages.GuardAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(values);
            return await _contention.ExecuteAsync(async _ => await run(command).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        });
}
