using System.IO.Compression;
using System.Net;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary><c>chitti recover</c> makes files of pictures that the database does not know, and changes no file that it knows.</summary>
public sealed class RecoverTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recover_DatabaseIsLost_BringsEveryFileBack()
    {
        await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg", "c.jpg");
        string[] before;
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            before = await StoredFiles.ListAsync(server.Http);
            await server.StopAsync();
        }

        StoredFiles.LoseDatabase(_folder);
        var found = _folder.Snapshot();

        var rehearsal = await StoredFiles.RunAsync(_folder, "recover", "--dry-run");

        Assert.True(rehearsal.ExitCode == 0, rehearsal.Output + rehearsal.Error);
        Assert.Contains("Would recover 3 files: 3 from their metadata, 0 from their bytes only; 0 of them from quarantine.", rehearsal.Output, StringComparison.Ordinal);
        Assert.Equal(found, _folder.Snapshot());

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 0, recovery.Output + recovery.Error);
        Assert.Contains("Recovered 3 files: 3 from their metadata", recovery.Output, StringComparison.Ordinal);
        await using var after = await ServerProcess.StartAsync(new(_folder.Path));
        await _folder.WhenSettledAsync();
        Assert.Equal(before, await StoredFiles.ListAsync(after.Http));
        _folder.AssertWhole(3);
    }

    [Fact]
    public async Task Recover_BackupWasPutBack_AddsWhatItLacksAndKeepsItsRows()
    {
        var older = await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg");
        var backup = File.ReadAllBytes(_folder.Database);
        var inspections = _folder.Texts("SELECT id FROM inspections ORDER BY id");
        await StoredFiles.FillAsync(_folder, "c.jpg");
        StoredFiles.LoseDatabase(_folder);
        File.WriteAllBytes(_folder.Database, backup);

        // What is beside the bytes of a known file says nothing.
        File.WriteAllText(_folder.PathOf(FileObjects.MetadataOf(StoredFiles.KeyOf(older[0]))), "{}");

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 0, recovery.Output + recovery.Error);
        Assert.Contains("Recovered 1 files: 1 from their metadata", recovery.Output, StringComparison.Ordinal);
        Assert.Contains("2 files need no recovery", recovery.Output, StringComparison.Ordinal);
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));
        await _folder.WhenSettledAsync();
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], _folder.Texts("SELECT name FROM files ORDER BY name"));
        Assert.Equal(inspections, _folder.Texts("SELECT id FROM inspections ORDER BY id").Intersect(inspections));
        Assert.Equal(3, _folder.CountInspected());
    }

    [Fact]
    public async Task Recover_FilesOfTheFirstRelease_AreMadeFromTheirBytes()
    {
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(Repository.Root, "tests", "Gateway.Tests", "Durability", "State", "0.1.0.zip"), _folder.Path);
        StoredFiles.LoseDatabase(_folder);
        var (exitCode, output) = await ServerProcess.RunToEndAsync(new(_folder.Path));
        Assert.True(exitCode == 2, output);

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 0, recovery.Output + recovery.Error);
        Assert.Contains("Recovered 3 files: 0 from their metadata, 3 from their bytes only", recovery.Output, StringComparison.Ordinal);
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));
        await _folder.WhenSettledAsync();
        Assert.Equal(["completed", "completed", "failed"], _folder.Texts("SELECT state FROM files ORDER BY state"));
        Assert.Equal(["6000 image/png 6000", "64 image/png 64", "640 image/jpeg 640"], _folder.Texts("SELECT width || ' ' || media_type || ' ' || height FROM files ORDER BY 1"));
        Assert.Equal(_folder.Texts("SELECT id FROM files ORDER BY id"), _folder.Texts("SELECT name FROM files ORDER BY name"));
    }

    [Fact]
    public async Task Recover_PicturesInQuarantine_AreBroughtBack()
    {
        var ids = await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg");
        _folder.Execute("DELETE FROM files");
        await _folder.SweepAsync();
        Assert.Empty(_folder.FileObjects);

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 0, recovery.Output + recovery.Error);
        Assert.Contains("2 of them from quarantine", recovery.Output, StringComparison.Ordinal);
        Assert.Equal(ids.Order(), _folder.Texts("SELECT id FROM files").Select(Guid.Parse).Order());
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));
        foreach (var id in ids)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(StoredFiles.Sample("open.jpg")), await server.Http.GetByteArrayAsync($"/api/files/{id}/content"));
        }
    }

    [Fact]
    public async Task Recover_NoPictureOrUnknownProfile_IsLeftAndNamed()
    {
        var ids = await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg", "c.jpg");
        StoredFiles.LoseDatabase(_folder);
        var keys = ids.Select(StoredFiles.KeyOf).ToArray();
        File.Delete(_folder.PathOf(FileObjects.MetadataOf(keys[0])));
        File.WriteAllText(_folder.PathOf(keys[0]), "no picture");
        var metadata = _folder.PathOf(FileObjects.MetadataOf(keys[1]));
        File.WriteAllText(metadata, File.ReadAllText(metadata).Replace("\"pcb-defects\"", "\"weld\"", StringComparison.Ordinal));

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 1, recovery.Output + recovery.Error);
        Assert.Contains(keys[0], recovery.Output, StringComparison.Ordinal);
        Assert.Contains("1 files use version 1 of the profile 'weld'", recovery.Output, StringComparison.Ordinal);
        Assert.Equal(["c.jpg"], _folder.Texts("SELECT name FROM files"));
        Assert.All(keys, key => Assert.True(File.Exists(_folder.PathOf(key))));
    }

    /// <summary>Without its metadata the file would be judged by another profile, and nobody would notice.</summary>
    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("null", "null")]
    [InlineData("""{ "colour_of_a_later_release": 1, """, "colour_of_a_later_release")]
    public async Task Recover_MetadataCantBeRead_IsLeftAndNamed(string beginning, string why)
    {
        var id = (await StoredFiles.FillAsync(_folder, "a.jpg")).Single();
        StoredFiles.LoseDatabase(_folder);
        var key = StoredFiles.KeyOf(id);
        var metadata = _folder.PathOf(FileObjects.MetadataOf(key));
        File.WriteAllText(metadata, beginning.EndsWith(' ') ? beginning + File.ReadAllText(metadata).TrimStart()[1..] : beginning);
        var before = File.ReadAllBytes(metadata);

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 1, recovery.Output + recovery.Error);
        Assert.Contains($"LEFT  {key}  Its metadata can't be read: ", recovery.Output, StringComparison.Ordinal);
        Assert.Contains(why, recovery.Output, StringComparison.Ordinal);
        Assert.Equal(0, _folder.CountAccepted());
        Assert.Equal(before, File.ReadAllBytes(metadata));
    }

    [Fact]
    public async Task Recover_MetadataOfAnotherFile_IsLeftAndNamed()
    {
        var ids = await StoredFiles.FillAsync(_folder, "a.jpg", "b.jpg");
        StoredFiles.LoseDatabase(_folder);
        var metadata = ids.Select(id => _folder.PathOf(FileObjects.MetadataOf(StoredFiles.KeyOf(id)))).ToArray();
        File.Copy(metadata[0], metadata[1], overwrite: true);

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 1, recovery.Output + recovery.Error);
        Assert.Contains($"LEFT  {StoredFiles.KeyOf(ids[1])}  ", recovery.Output, StringComparison.Ordinal);
        Assert.Equal(["a.jpg"], _folder.Texts("SELECT name FROM files"));
    }

    /// <summary>A sweep that died, or is under way, has moved one and not the other.</summary>
    [Fact]
    public async Task Recover_OnlyTheMetadataIsInQuarantine_UsesIt()
    {
        var id = (await StoredFiles.FillAsync(_folder, "a.jpg")).Single();
        StoredFiles.LoseDatabase(_folder);
        var metadata = FileObjects.MetadataOf(StoredFiles.KeyOf(id));
        var quarantined = _folder.PathOf($"quarantine/20261101/{metadata}");
        Directory.CreateDirectory(Path.GetDirectoryName(quarantined)!);
        File.Move(_folder.PathOf(metadata), quarantined);

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 0, recovery.Output + recovery.Error);
        Assert.Equal(["a.jpg"], _folder.Texts("SELECT name FROM files"));
        Assert.True(File.Exists(_folder.PathOf(metadata)));
    }

    /// <summary>Objects and database may be on different volumes: rows that survive a power cut need bytes that do.</summary>
    [Fact]
    public async Task Recover_FromQuarantine_NamesAreDurableBeforeTheRows()
    {
        if (!OperatingSystem.IsLinux())
        {
            NotRun.Say("the order of syncs in a recovery: needs strace");
            return;
        }

        var id = (await StoredFiles.FillAsync(_folder, "a.jpg")).Single();
        _folder.Execute("DELETE FROM files");
        await _folder.SweepAsync();
        var file = Path.GetTempFileName();
        try
        {
            string[] program = [.. SyncTrace.Command(file), "dotnet", Path.Combine(AppContext.BaseDirectory, "chitti.dll"), "recover", "--data", _folder.Path];
            using var recovery = System.Diagnostics.Process.Start(program[0], program[1..]);
            await recovery.WaitForExitAsync().WaitAsync(Wait.Deadline);
            Assert.Equal(0, recovery.ExitCode);
            var calls = (await SyncTrace.ReadAsync(file, recovery.Id)).All;

            var key = StoredFiles.KeyOf(id);
            var moved = calls.FindLast(call => call.IsMove && call.Strings.Contains(_folder.PathOf(key)));
            Assert.NotNull(moved);
            var log = $"{_folder.Database}-wal";
            var committed = calls.Find(call => call.IsWrite && call.Path == log && call.Start > moved.End);
            Assert.NotNull(committed);
            for (var folder = Path.GetDirectoryName(_folder.PathOf(key))!; folder.Length >= _folder.Objects.Length; folder = Path.GetDirectoryName(folder)!)
            {
                Assert.True(
                    calls.Any(call => call.IsSync && call.Succeeded && call.Path == folder && call.Start > moved.End && call.End < committed.Start),
                    $"{folder} was not synced between {moved} and {committed}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>In a cluster, recover runs beside silos that sweep.</summary>
    [Fact]
    public async Task Recover_SweepMovesTheBytesBetweenMoveAndRow_BringsThemBack()
    {
        var id = (await StoredFiles.FillAsync(_folder, "a.jpg")).Single();
        _folder.Execute("DELETE FROM files");
        await _folder.SweepAsync();
        var key = StoredFiles.KeyOf(id);
        using var database = new SqliteDatabase(new() { Path = _folder.Database });
        var folder = new FolderObjectStore(new() { Root = _folder.Path });
        var objects = new HookedObjects(folder);
        objects.AfterMove = async (_, newKey) =>
        {
            if (newKey == key)
            {
                objects.AfterMove = null;
                foreach (var found in new[] { key, FileObjects.MetadataOf(key) })
                {
                    Assert.True(await folder.MoveAsync(found, $"quarantine/20261124/{found}"));
                }
            }
        };

        var output = new StringWriter();
        var exitCode = await new RecoverRun(objects, new SqliteFileStore(database), new SqliteProfileList(database), new StorePairing(new SqlitePairing(database), objects), new())
            .RunAsync(dryRun: false, [], "pcb-defects", output, CancellationToken.None);

        Assert.True(exitCode == 0, output.ToString());
        Assert.Equal(["a.jpg"], _folder.Texts("SELECT name FROM files"));
        Assert.True(File.Exists(_folder.PathOf(key)));
        Assert.True(File.Exists(_folder.PathOf(FileObjects.MetadataOf(key))));
    }

    [Fact]
    public async Task Recover_WhileTheServerRuns_IsRefused()
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));

        var recovery = await StoredFiles.RunAsync(_folder, "recover");

        Assert.True(recovery.ExitCode == 2, recovery.Output);
        Assert.Contains("another process uses", recovery.Error, StringComparison.Ordinal);
        using var ready = await server.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }
}
