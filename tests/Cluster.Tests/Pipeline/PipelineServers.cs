namespace Chitti.Cluster.Tests;

/// <summary>A database server and a broker for tests that stop them.</summary>
public sealed class PipelineServers : IAsyncLifetime
{
    public PostgresServer Database { get; } = new();

    public RabbitMqServer Broker { get; } = new();

    public Task InitializeAsync() => Task.WhenAll(Database.InitializeAsync(), Broker.InitializeAsync());

    public Task DisposeAsync() => Task.WhenAll(Database.DisposeAsync(), Broker.DisposeAsync());
}
