namespace Chitti.Cluster.Tests;

/// <summary>Tests that share both servers, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PipelineGroup : ICollectionFixture<PipelineServers>
{
    public const string Name = "Pipeline";
}
