using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Cluster.Tests;

/// <summary>The default rule, case by case.</summary>
public sealed class RabbitMqOutageRuleTests
{
    public static TheoryData<string, Exception> Outages => new()
    {
        { "silo gone", new SiloUnavailableException("gone") },
        { "gateway busy", new GatewayTooBusyException() },
        { "grain overloaded", new LimitExceededException("MaxEnqueuedRequests", 10, 10, "grain") },
        { "timed out", new TimeoutException() },
        { "cancelled", new TaskCanceledException() },
        { "broker away", new RabbitMqUnavailableException("away") },
        { "network", new SocketException((int)SocketError.ConnectionReset) },
        { "network below a stream", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)) },
        { "network below HTTP", new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)) },
        { "database", new NpgsqlException("away", new IOException()) },
        { "state not read in time", new OrleansException("Error from storage provider", new TimeoutException()) },
        { "one of several", new AggregateException(new InvalidDataException(), new TimeoutException()) },
    };

    public static TheoryData<string, Exception> Failures => new()
    {
        { "state can't be read", new OrleansException("Error from storage provider", new JsonException("On invalid silo No active nodes are compatible with grain")) },
        { "message of a state", new OrleansException("No active nodes are compatible with grain", new JsonException()) },
        { "Orleans in general", new OrleansException("wrong") },
        { "state changed", new Orleans.Storage.InconsistentStateException("other version") },
        { "file missing", new FileNotFoundException() },
        { "object cut short", new EndOfStreamException() },
        { "disk", new IOException("No space left on device") },
        { "HTTP status", new HttpRequestException("404") },
        { "database refuses", new PostgresException("duplicate key", "ERROR", "ERROR", "23505") },
        { "regular expression", new RegexMatchTimeoutException() },
        { "busy", new InvalidOperationException("busy") },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public void IsOutage_InfrastructureUnavailable_IsTrue(string name, Exception exception) => Assert.True(OutageRule.IsOutage(exception), name);

    [Fact]
    public void IsOutage_SiloNotReached_IsTrue() => Assert.True(OutageRule.IsOutage(new ConnectionFailedException("refused")));

    [Theory]
    [MemberData(nameof(Failures))]
    public void IsOutage_FailureOfTheMessage_IsFalse(string name, Exception exception) => Assert.False(OutageRule.IsOutage(exception), name);

    [Theory]
    [MemberData(nameof(Outages))]
    public void IsOutage_FromAnotherSilo_IsTrue(string name, Exception exception)
    {
        using var services = new ServiceCollection().AddSerializer()
            .Configure<ExceptionSerializationOptions>(RabbitMqStreamHosting.CarryDatabaseExceptions).BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<Exception>>();

        var received = serializer.Deserialize(serializer.SerializeToArray(exception))!;

        Assert.True(OutageRule.IsOutage(received), $"{name} came as {received}");
    }
}
