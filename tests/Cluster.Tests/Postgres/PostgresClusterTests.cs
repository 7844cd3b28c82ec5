using System.Net;
using Chitti.Storage.Postgres.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Chitti.Cluster.Tests;

/// <summary>Membership and reminders: Orleans' own providers with the statements from the migration.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PostgresClusterTests(PostgresServer server) : IAsyncLifetime
{
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        PostgresMigrations.Upgrade(_connectionString, TimeSpan.FromMinutes(1));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task MembershipTable_OneOfTwoSilosStops_ListsItAsDead()
    {
        using var first = await StartSiloAsync();
        using var second = await StartSiloAsync();
        var management = first.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);

        var stopped = second.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        await second.StopAsync();

        var hosts = await management.GetDetailedHosts();
        Assert.Equal(SiloStatus.Dead, hosts.Single(host => host.SiloAddress.Equals(stopped)).Status);
        Assert.Single(hosts, host => host.Status == SiloStatus.Active);
        await first.StopAsync();
    }

    [Fact]
    public async Task MembershipTable_StaleVersion_ChangesNothing()
    {
        using var silo = await StartSiloAsync();
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        var read = await table.ReadAllAsync();
        var entry = read.Members.Single().Item1;
        var newcomer = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 1, 1),
            SiloName = "newcomer",
            HostName = "localhost",
            Status = SiloStatus.Joining,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
        };

        Assert.True(await table.InsertRowAsync(newcomer, read.Version.Next()));
        Assert.False(await table.InsertRowAsync(newcomer, read.Version.Next()));
        var after = await table.ReadAllAsync();
        Assert.False(await table.InsertRowAsync(newcomer, after.Version.Next()));
        newcomer.Status = SiloStatus.Dead;
        newcomer.SuspectTimes = [new(entry.SiloAddress, entry.StartTime)];
        Assert.False(await table.UpdateRowAsync(newcomer, read.Version.VersionEtag, read.Version.Next()));
        Assert.Equal(after.Version.Version, (await table.ReadAllAsync()).Version.Version);
        Assert.True(await table.UpdateRowAsync(newcomer, after.Version.VersionEtag, after.Version.Next()));

        var row = (await table.ReadRowAsync(newcomer.SiloAddress)).Members.Single().Item1;
        Assert.Equal((SiloStatus.Dead, entry.SiloAddress), (row.Status, row.SuspectTimes!.Single().Item1));
        await table.CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Single((await table.ReadAllAsync()).Members);
        await silo.StopAsync();
    }

    [Fact]
    public async Task ReminderTable_WriteReadRemove_RoundTrips()
    {
        using var silo = await StartSiloAsync();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var grain = GrainId.Create("note", "1");
        var entry = new ReminderEntry
        {
            GrainId = grain,
            ReminderName = "recover",
            StartAt = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc),
            Period = TimeSpan.FromDays(60),
        };

        var first = await table.UpsertRow(entry);
        var second = await table.UpsertRow(entry);

        Assert.NotEqual(first, second);
        var read = await table.ReadRow(grain, "recover");
        Assert.Equal((entry.StartAt, entry.Period, second), (read!.StartAt, read.Period, read.ETag));
        var hash = grain.GetUniformHashCode();
        Assert.Single((await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1)).Reminders);
        Assert.Single((await table.ReadRows(hash + 1, hash)).Reminders);
        Assert.Single((await table.ReadRows(grain)).Reminders);
        Assert.False(await table.RemoveRow(grain, "recover", first!));
        Assert.True(await table.RemoveRow(grain, "recover", second!));
        Assert.Null(await table.ReadRow(grain, "recover"));
        await silo.StopAsync();
    }

    private async Task<IHost> StartSiloAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("test", "test"))
            .ConfigureEndpoints(IPAddress.Loopback, PostgresServer.FindFreePort(), gatewayPort: 0)
            .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", _connectionString))
            .UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = ("Npgsql", _connectionString)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
