using System.Text.RegularExpressions;

namespace Chitti.Gateway.Tests;

/// <summary>What a server prints while it starts, and when it is stopped before it has started.</summary>
public sealed partial class StartTests : IDisposable
{
    private const int EndedBySigterm = 128 + 15;
    private readonly DataFolder _folder = new();

    private ServerOptions Options => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_NothingWrong_LogsNoWarning()
    {
        // A race at start does not always show: several starts, with a new data folder and with a used one.
        for (var start = 0; start < 3; start++)
        {
            await using var server = await ServerProcess.StartAsync(Options);
            await server.StopAsync();

            Assert.DoesNotMatch(Complaint(), server.Output);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Starting Orleans Silo")]
    [InlineData("Joining")]
    [InlineData("Initialized storage provider")]
    [InlineData("-BecomeActive")]
    [InlineData("Orleans Silo started")]
    public async Task Stop_DuringTheStart_EndsCleanly(string said)
    {
        var (exitCode, output) = await ServerProcess.StopDuringStartAsync(
            Options with { Arguments = ["--Logging:LogLevel:Orleans=Information"] }, said);

        Assert.True(exitCode == 0 || (exitCode == EndedBySigterm && said.Length == 0), $"Exit code {exitCode}:\n{output}");
        Assert.DoesNotMatch(Complaint(), output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(warn|fail|crit): ")]
    private static partial Regex Complaint();
}
