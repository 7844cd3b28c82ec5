using Chitti.ServiceDefaults;
using Chitti.Storage;
using Chitti.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Storage of a gateway in a cluster: rows in PostgreSQL, objects in a shared folder.</summary>
internal static class ClusterStorage
{
    public static void AddClusterStorage(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>(DataOptions.Section);
        services.AddSettingsRule<DataOptions>(data => data.FindFault());
        services.AddPostgresStorage(provider => PostgresDatabase.CreateSource(provider.GetRequiredService<IOptions<PostgresOptions>>().Value.Postgres));
        services.AddSingleton<IObjectStore>(provider =>
        {
            var data = provider.GetRequiredService<IOptions<DataOptions>>().Value;
            return new FolderObjectStore(new() { Root = data.FullPath, ReserveBytes = data.ReserveBytes });
        });
    }
}
