using System.Data.Common;
using Npgsql;
using Polly;

namespace Chitti.Storage.Postgres;

/// <summary>
/// A PostgreSQL database. Works through a pooler in transaction mode, because no call depends on the session of another.
/// Commits are durable when they return, as long as the server's <c>synchronous_commit</c> is on, which is the default.
/// </summary>
/// <param name="source">Data source of a database with this program's schema, see the project Storage.Postgres.Migrations. Not disposed.</param>
public sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabaseProbe
{
    // With a delay, because an immediate retry may conflict with the same transaction again.
    private static readonly ResiliencePipeline _contention = new ResiliencePipelineBuilder().AddRetry(new()
    {
        ShouldHandle = new PredicateBuilder().Handle<PostgresException>(PostgresOutages.IsContention),
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromMilliseconds(20),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    }).Build();

    /// <summary>
    /// Creates a data source that does not reset sessions. No call changes session state, so a reset would only add a statement
    /// to each call, and through a pooler in transaction mode it could run in another client's session.
    /// </summary>
    /// <param name="connectionString">Connection string of the server or of a pooler.</param>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public static NpgsqlDataSource CreateSource(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true });

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync("UPDATE liveness SET writes = writes + 1", [], cancellationToken);

    /// <summary>Runs one statement.</summary>
    /// <returns>Number of rows affected.</returns>
    internal Task<int> ExecuteAsync(string sql, NpgsqlParameter[] values, CancellationToken cancellationToken) =>
        RunAsync(sql, values, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <summary>Runs one statement that returns one value or no row.</summary>
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
