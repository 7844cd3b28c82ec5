namespace Chitti.Cluster.Tests;

/// <summary>Tests that share one broker.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqGroup : ICollectionFixture<RabbitMqServer>
{
    public const string Name = "RabbitMQ";
}
