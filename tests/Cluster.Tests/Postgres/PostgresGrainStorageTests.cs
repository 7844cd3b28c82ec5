using Chitti.Storage.Tests;
using Orleans.Configuration;

namespace Chitti.Cluster.Tests;

[Collection(PostgresGroup.Name)]
public sealed class PostgresGrainStorageTests(PostgresServer server) : GrainStorageTests
{
    private protected override async Task<Action<AdoNetGrainStorageOptions>> CreateDatabaseAsync()
    {
        var connectionString = await server.CreateMigratedDatabaseAsync();
        return options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connectionString;
        };
    }

    private protected override Task CloseDatabaseAsync() => Task.CompletedTask;
}
