using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains;
using Chitti.Imaging;
using Chitti.ServiceDefaults;
using Chitti.Storage;
using Chitti.Storage.Postgres.Migrations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chitti.Silo;

/// <summary>
/// The commands <c>recover</c> and <c>verify</c> of a cluster. They use the settings of a silo, and can run while silos are
/// running.
/// </summary>
internal static class ClusterCommands
{
    private const string Recover = "recover";
    private const string DryRun = "--dry-run";

    /// <summary>Whether the arguments name one of the commands.</summary>
    public static bool Asks(string[] args) => args is [Recover or "verify", ..];

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command, <c>--dry-run</c>, and settings.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CreateServices([.. args[1..].Where(arg => arg != DryRun)]);
            services.ValidateSettings();
            var dryRun = args.Contains(DryRun);
            PostgresMigrations.Check(services.GetRequiredService<IOptions<PostgresOptions>>().Value.Postgres);
            var data = services.GetRequiredService<IOptions<DataOptions>>().Value;
            var objects = new FolderObjectStore(new()
            {
                Root = data.FullPath,
                ReserveBytes = data.ReserveBytes,
                ReadOnly = dryRun || args[0] != Recover,
            });
            var files = services.GetRequiredService<IFileStore>();
            var pairing = new StorePairing(services.GetRequiredService<IDatabasePairing>(), objects);
            return args[0] == Recover
                // A cluster does not store shipped profiles by itself. A model and its profile have the same id.
                ? await new RecoverRun(objects, files, services.GetRequiredService<IProfileList>(), pairing, services.GetRequiredService<IOptions<ImageLimits>>().Value)
                    .RunAsync(dryRun, [], services.GetRequiredService<IOptions<ModelOptions>>().Value.DefaultModel, output, cancellationToken)
                : await new VerifyRun(objects, files, services.GetRequiredService<IProfileList>(), pairing).RunAsync(
                    TimeProvider.System.GetUtcNow() - services.GetRequiredService<IOptions<WorkOptions>>().Value.OrphanGrace, output, cancellationToken);
        }
        catch (Exception exception) when (exception is OutageException or InvalidOperationException or NpgsqlException)
        {
            return await RefuseAsync(args[0], exception.Message);
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            return await RefuseAsync(args[0], string.Join("; ", faults));
        }
    }

    private static ServiceProvider CreateServices(string[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables().AddCommandLine(settings).Build());
        services.AddSettings<ListenOptions>(ListenOptions.Section);
        services.AddSiloSettings();
        services.AddSettings<PostgresOptions>(PostgresOptions.Section);
        services.AddSettings<RabbitMqOptions>(RabbitMqOptions.Section);
        services.AddClusterStorage();
        return services.BuildServiceProvider();
    }

    private static async Task<int> RefuseAsync(string command, string why)
    {
        await Console.Error.WriteLineAsync($"chitti-silo {command} could not run: {why}");
        return HostProgram.CouldNotRun;
    }
}
