using Chitti.ServiceDefaults;
using Chitti.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Chitti.Gateway;

/// <summary>Makes a gateway a client of a cluster whose membership is in PostgreSQL.</summary>
public static class ClientHosting
{
    /// <summary>Adds the Orleans client and storage.</summary>
    public static void AddChittiClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<PostgresOptions>(PostgresOptions.Section);
        builder.Services.AddClusterStorage();
        builder.Services.AddSingleton<StorePairing>();
        builder.Services.AddHostedService<PairingCheck>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "chitti");
            client.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> clustering) => clustering.Configure<IOptions<PostgresOptions>>((options, postgres) =>
                (options.Invariant, options.ConnectionString) = ("Npgsql", postgres.Value.Direct)));
            client.AddDashboard(dashboard => dashboard.HideTrace = true);
        });
    }
}
