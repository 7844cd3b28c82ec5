using System.Net.Http.Json;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>A database that is missing, empty, foreign or older than the objects costs no picture: the start is refused, and what to do is said.</summary>
public sealed class LostDatabaseTests : IDisposable
{
    private const int CouldNotRun = 2;
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_DatabaseIsMissingOrEmpty_IsRefusedAndTouchesNothing(bool empty)
    {
        await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg");
        StoredFiles.LoseDatabase(_folder);
        if (empty)
        {
            File.WriteAllBytes(_folder.Database, []);
        }

        var before = _folder.Snapshot();

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));

        AssertRefused(exitCode, output, "missing or empty", "Restore the backup", $"chitti recover --data {_folder.Path}", "move ");
        Assert.Equal(before, _folder.Snapshot());
    }

    [Fact]
    public async Task Start_DatabaseIsOlderThanTheObjects_IsRefusedAndKeepsThem()
    {
        await StoredFiles.FillAsync(_folder, "a.jpg");
        var backup = File.ReadAllBytes(_folder.Database);
        await StoredFiles.FillAsync(_folder, "b.jpg");
        var objects = _folder.FileObjects;
        StoredFiles.LoseDatabase(_folder);
        File.WriteAllBytes(_folder.Database, backup);

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));

        AssertRefused(exitCode, output, "the database is older than the objects", "Restore the latest backup", "chitti recover");
        Assert.Equal(objects, _folder.FileObjects);
    }

    [Fact]
    public async Task Start_BackupOfTheRunningServer_IsRefusedAfterAStop()
    {
        byte[] backup;
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            await StoredFiles.UploadAsync(server.Http, "a.jpg");
            await _folder.WhenSettledAsync();
            var copy = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "backup.db");
            _folder.Query($"VACUUM INTO '{copy}'", _ => 0);
            backup = await File.ReadAllBytesAsync(copy);
            await StoredFiles.UploadAsync(server.Http, "b.jpg");
            Assert.Equal(0, await server.StopAsync());
        }

        StoredFiles.LoseDatabase(_folder);
        File.WriteAllBytes(_folder.Database, backup);

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));

        AssertRefused(exitCode, output, "the database is older than the objects");
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherFolder_IsRefused()
    {
        using var other = new DataFolder();
        await StoredFiles.FillAsync(_folder, "a.jpg");
        await StoredFiles.FillAsync(other, "c.jpg");
        StoredFiles.LoseDatabase(_folder);
        File.Copy(other.Database, _folder.Database);

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));

        AssertRefused(exitCode, output, "the objects belong to another database", "chitti recover");
    }

    [Fact]
    public async Task Start_ObjectsAreElsewhere_IsRefused()
    {
        await StoredFiles.FillAsync(_folder, "a.jpg");
        Directory.Move(_folder.Objects, Path.Combine(Path.GetDirectoryName(_folder.Path)!, "away"));

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));

        AssertRefused(exitCode, output, "the database was used with objects that are not here", "Move the objects back");
    }

    [Fact]
    public async Task Start_DatabaseAndObjectsMovedAway_BeginsAnew()
    {
        await StoredFiles.FillAsync(_folder, "a.jpg");
        StoredFiles.LoseDatabase(_folder);
        Directory.Move(_folder.Objects, Path.Combine(Path.GetDirectoryName(_folder.Path)!, "away"));

        await using var server = await ServerProcess.StartAsync(new(_folder.Path));

        Assert.Empty(await StoredFiles.ListAsync(server.Http));
    }

    [Fact]
    public async Task Start_LogWithoutItsDatabase_IsRefusedAndKeepsTheLog()
    {
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            await StoredFiles.UploadAsync(server.Http, "a.jpg");
            await server.KillAsync();
        }

        File.Delete(_folder.Database);
        var before = _folder.Snapshot();
        Assert.Contains(before, file => file.StartsWith("chitti.db-wal ", StringComparison.Ordinal));

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));
        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        AssertRefused(exitCode, output, "its write-ahead log");
        Assert.True(recovery.ExitCode == CouldNotRun, recovery.Output);
        Assert.Contains("its write-ahead log", recovery.Error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Snapshot());
    }

    [Fact]
    public async Task Start_KilledAgainAndAgain_IsNeverRefused()
    {
        for (var start = 0; start < 4; start++)
        {
            await using var server = await ServerProcess.StartAsync(new(_folder.Path));
            await StoredFiles.UploadAsync(server.Http, $"{start}.jpg");
            await server.KillAsync();
        }

        await using var last = await ServerProcess.StartAsync(new(_folder.Path));
        Assert.Equal(4, (await last.Http.GetFromJsonAsync<JsonElement>("/api/files")).GetProperty("items").GetArrayLength());
    }

    private static void AssertRefused(int exitCode, string output, params string[] said)
    {
        Assert.True(exitCode == CouldNotRun, $"Exit code {exitCode}:\n{output}");
        Assert.All(said, text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }
}
