using Chitti.ServiceDefaults;
using Chitti.Storage.Postgres.Migrations;
using Microsoft.Extensions.Options;

namespace Chitti.Silo;

/// <summary>Brings the database to this program's schema before the silo starts. Of many silos one does it, the others wait.</summary>
internal sealed class PostgresMigration(IOptions<PostgresOptions> options) : IHostedLifecycleService
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            PostgresMigrations.Upgrade(options.Value.Direct, _patience);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Npgsql.NpgsqlException or ArgumentException)
        {
            throw new StartFaultException($"{PostgresOptions.Section}:{nameof(PostgresOptions.PostgresDirect)}: {exception.Message}", exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
