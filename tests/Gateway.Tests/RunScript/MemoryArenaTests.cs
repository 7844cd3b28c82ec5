using System.Runtime.Versioning;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>The number of heaps that the memory allocator may use, which only the environment of the process can set.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MemoryArenaTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly DataFolder _folder = new();

    public MemoryArenaTests() => _checkout.Add("home/.fonts/DejaVuSans.ttf");

    public void Dispose()
    {
        _folder.Dispose();
        _checkout.Dispose();
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData("7", "7")]
    public async Task Start_Server_HasTwoUnlessTheUserSetsAnother(string? set, string expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            NotRun.Say("the environment of the server that run.sh starts: needs Linux");
            return;
        }

        string[] user = set is null ? ["env", "-u", "MALLOC_ARENA_MAX"] : ["env", $"MALLOC_ARENA_MAX={set}"];
        await using var server = await ServerProcess.StartAsync(new(_folder.Path) { Prefix = [.. user, .. _checkout.Command] });

        // Started by exec, so the server has the id of the script.
        var process = Path.Combine("/proc", $"{server.Id}");
        var environment = (await File.ReadAllTextAsync(Path.Combine(process, "environ"))).Split('\0');
        Assert.Contains("chitti.dll", await File.ReadAllTextAsync(Path.Combine(process, "cmdline")), StringComparison.Ordinal);
        Assert.Equal($"MALLOC_ARENA_MAX={expected}", Assert.Single(environment, line => line.StartsWith("MALLOC_ARENA_MAX=", StringComparison.Ordinal)));
    }
}
