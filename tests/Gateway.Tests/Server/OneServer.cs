namespace Chitti.Gateway.Tests;

[CollectionDefinition(Name)]
public sealed class OneServer : ICollectionFixture<SharedServer>
{
    public const string Name = "server";
}
