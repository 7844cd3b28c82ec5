using System.Net;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A deletion is done or not, whenever the process dies: a file that is shown has its bytes, and one that was deleted stays so.</summary>
public sealed class DeletionTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string _trace = Path.GetTempFileName();

    public void Dispose()
    {
        _folder.Dispose();
        File.Delete(_trace);
    }

    [Fact]
    public async Task Delete_KilledBetweenRowAndBytes_IsFinishedAtTheNextStart()
    {
        if (!OperatingSystem.IsLinux())
        {
            NotRun.Say("a kill in the middle of a deletion: needs strace");
            return;
        }

        var ids = await StoredFiles.FillAsync(_folder, "deleted.jpg", "kept.jpg");
        var key = StoredFiles.KeyOf(ids[0]);
        string[] strace =
        [
            "strace", "-D", "-f", "-qq", "-o", "/dev/null", "-P", _folder.PathOf(key),
            "-e", "trace=unlink,unlinkat", "-e", "inject=unlink,unlinkat:signal=SIGKILL:error=EIO",
        ];
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Prefix = strace }))
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Http.DeleteAsync($"/api/files/{ids[0]}"));
        }

        Assert.True(File.Exists(_folder.PathOf(key)));
        Assert.Equal(["kept.jpg"], _folder.Texts("SELECT name FROM files WHERE deleted_at IS NULL"));

        // What a person deleted is not made a file again.
        var recovery = await StoredFiles.RunAsync(_folder, "recover");
        Assert.Contains("Recovered 0 files", recovery.Output, StringComparison.Ordinal);
        await using var after = await ServerProcess.StartAsync(new(_folder.Path));
        foreach (var path in new[] { "", "/content", "/thumbnail" })
        {
            using var response = await after.Http.GetAsync($"/api/files/{ids[0]}{path}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        await Wait.UntilAsync(() => _folder.Scalar("SELECT count(*) FROM deleted_files") == 0, () => "the deletion is finished");
        _folder.AssertWhole(1, inspections: 2);
    }

    [Fact]
    public async Task Delete_BytesGo_OnlyOnceTheRowsEndIsDurable()
    {
        if (!OperatingSystem.IsLinux())
        {
            NotRun.Say("the order of syncs in a deletion: needs strace");
            return;
        }

        var id = (await StoredFiles.FillAsync(_folder, "deleted.jpg")).Single();
        SyncTrace trace;
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Prefix = SyncTrace.Command(_trace) }))
        {
            using var response = await server.Http.DeleteAsync($"/api/files/{id}");
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            await server.KillAsync();
            trace = await SyncTrace.ReadAsync(_trace, server.Id);
        }

        var log = $"{_folder.Database}-wal";
        var removed = Assert.Single(trace.All, call => call.IsRemoval && call.Strings.Contains(_folder.PathOf(StoredFiles.KeyOf(id))));
        var noted = trace.All.FindLast(call => call.IsWrite && call.Path == log && call.Start < removed.Start);
        Assert.NotNull(noted);
        Assert.True(
            trace.All.Any(call => call.IsSync && call.Succeeded && call.Path == log && call.Start >= noted.End && call.End <= removed.Start),
            $"the log was not synced between {noted} and {removed}");
    }
}
