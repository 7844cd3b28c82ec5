using System.Collections.Concurrent;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>One server for tests that don't disturb each other; those of a collection run one at a time.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal const int MaxUploadBytes = 2 << 20;

    internal const int MaxDetectBytes = 2 << 20;

    private TestServer? _server;

    private readonly ConcurrentDictionary<string, Lazy<Task<JsonElement>>> _inspected = new();

    public TestServer Server => _server!;

    /// <summary>The completed file of a sample, uploaded once for all tests that only read.</summary>
    public Task<JsonElement> InspectedAsync(string sample) =>
        _inspected.GetOrAdd(sample, name => new(() => Server.InspectAsync(Pictures.Sample(name), name))).Value;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(
        $"--Chitti:Limits:MaxUploadBytes={MaxUploadBytes}",
        $"--Chitti:Limits:MaxUploadRequestBytes={4 * MaxUploadBytes}",
        $"--Chitti:Limits:MaxDetectBytes={MaxDetectBytes}");

    public async Task DisposeAsync() => await _server!.DisposeAsync();
}
