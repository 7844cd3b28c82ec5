using System.Net;
using System.Text.Json;
using Chitti.Storage;
using Microsoft.Data.Sqlite;

namespace Chitti.Gateway.Tests;

/// <summary>
/// Each sync of an upload to a running server fails once: the upload is refused and leaves nothing, and files that were
/// accepted before are kept. After a failed sync of the database nothing more is accepted until a restart.
/// </summary>
public sealed class SyncFaultTests : IAsyncLifetime, IDisposable
{
    private const string Syncs = "fsync,fdatasync";
    private readonly DataFolder _folder = new();
    private readonly AcceptedFiles _files = new();
    private ServerProcess? _server;

    // With one thread at a time, the n-th call of a thread is the n-th call of the upload, or nearly so.
    private ServerOptions Options => new(_folder.Path) { Environment = new Dictionary<string, string> { ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1" } };

    private string Log => $"{_folder.Database}-wal";

    private HttpClient Http => _server!.Http;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // Also after a failed assertion.
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    public async Task PostFiles_NthSyncFails_IsRefusedAndWhatWasAcceptedIsKept(string error)
    {
        _server = await ServerProcess.StartAsync(Options);
        await _files.AcceptAsync(Http, Pictures.Sample("open.jpg"));
        var (needed, failed) = (new HashSet<string>(), new HashSet<string>());
        for (var nth = 1; ; nth++)
        {
            await _folder.WhenSettledAsync();
            var fault = await SyscallFault.StartAsync(_server.Id, Syncs, error, nth);
            if (fault is null)
            {
                return;
            }

            await using (fault)
            {
                var status = await _files.SendAsync(Http, Pictures.Sample("short.jpg"));
                var calls = await fault.EndAsync();
                var injected = calls.Where(call => call.IsInjected).ToList();
                if (injected.Count == 0)
                {
                    // An upload makes fewer calls than this.
                    Assert.Equal(HttpStatusCode.Accepted, status);
                    needed.UnionWith(calls.Select(call => KindOf(call.Path)));
                    break;
                }

                Assert.True(
                    status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage,
                    $"{status} after {string.Join("; ", injected)}\n{_server.Output}");
                await AssertNothingLeftAsync(isInDoubt: injected.Any(call => call.Path == Log));
                failed.UnionWith(injected.Select(call => KindOf(call.Path)));
                if (injected.Any(call => call.Path == Log))
                {
                    await AssertStoppedAsync(Log);
                    await RestartAsync(killed: error == "EIO");
                }
                else
                {
                    Assert.Equal(HttpStatusCode.OK, (await ReadyAsync()).Status);
                }
            }

            await _files.AcceptAsync(Http, Pictures.Sample("spur.jpg"));
        }

        Assert.Equal(["log", "own folder", "shared folder", "staged file"], needed.Order());

        // Calls are counted per thread, so the log's sync may always come after another that failed; the next test fails it for sure.
        Assert.Superset(needed.Except(["log"]).ToHashSet(), failed);
        await RestartAsync(killed: true);
        await EndAsync();
    }

    /// <summary>SQLite's own syncs in a checkpoint: of the log before it is copied, and of the database after.</summary>
    [Theory]
    [InlineData("EIO", "")]
    [InlineData("ENOSPC", "")]
    [InlineData("EIO", "-wal")]
    public async Task PostFiles_SyncOfACheckpointFails_IsRefusedAndWhatWasAcceptedIsKept(string error, string suffix)
    {
        _server = await ServerProcess.StartAsync(Options);
        await _files.AcceptAsync(Http, Pictures.Sample("open.jpg"));
        await _folder.WhenSettledAsync();
        LengthenLog();
        var fault = await SyscallFault.StartAsync(_server.Id, Syncs, error, nth: null, _folder.Database + suffix);
        if (fault is null)
        {
            return;
        }

        await using (fault)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await _files.SendAsync(Http, Pictures.Sample("short.jpg")));
            Assert.Contains(await fault.EndAsync(), call => call.IsInjected && call.Path == _folder.Database + suffix);
        }

        await AssertNothingLeftAsync(isInDoubt: true);
        await AssertStoppedAsync(_folder.Database);
        await RestartAsync(killed: true);
        await _files.AcceptAsync(Http, Pictures.Sample("spur.jpg"));
        await EndAsync();
    }

    [Fact]
    public async Task Ready_FolderCannotBeSynced_SaysWhichAndWhy()
    {
        _server = await ServerProcess.StartAsync(Options);
        var objects = Path.Combine(_folder.Path, "objects");
        var fault = await SyscallFault.StartAsync(_server.Id, Syncs, "EIO", nth: null, objects);
        if (fault is not null)
        {
            await using (fault)
            {
                var (status, body) = await ReadyAsync();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                Assert.Contains($"Can't sync {objects}: Input/output error", body, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.OK, (await ReadyAsync()).Status);
        }
    }

    private string KindOf(string path) =>
        path == Log ? "log"
        : path.StartsWith(Path.Combine(_folder.Path, "staging"), StringComparison.Ordinal) ? "staged file"
        : Guid.TryParse(Path.GetFileName(path), out _) ? "own folder"
        : "shared folder";

    /// <param name="isInDoubt">Whether objects may be kept because the rows may turn out to be stored.</param>
    private async Task AssertNothingLeftAsync(bool isInDoubt)
    {
        await _files.AssertListedAsync(Http);
        Assert.Empty(_folder.Staged);
        if (!isInDoubt)
        {
            var originals = _folder.Texts("SELECT object_key FROM files");
            Assert.Equal(originals.Concat(originals.Select(FileObjects.MetadataOf)).ToHashSet(), _folder.FileObjects.ToHashSet());
        }
    }

    /// <summary>Asserts that the server is not ready and says why, refuses uploads without leaving anything, and serves reads.</summary>
    private async Task AssertStoppedAsync(string file)
    {
        var (status, body) = await ReadyAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(file, body, StringComparison.Ordinal);
        Assert.Contains("restart", body, StringComparison.Ordinal);
        var objects = _folder.FileObjects;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await _files.SendAsync(Http, Pictures.Sample("spur.jpg")));

        Assert.Equal(objects, _folder.FileObjects);
        await _files.AssertKeptAsync(Http);
        using var live = await Http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Body)> ReadyAsync()
    {
        using var response = await Http.GetAsync("/health/ready");
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("parts").EnumerateObject()
            .Aggregate("", (text, part) => text + (part.Value.TryGetProperty("detail", out var detail) ? detail.GetString() : "") + "\n"));
    }

    private async Task RestartAsync(bool killed)
    {
        if (killed)
        {
            await _server!.KillAsync();
        }
        else
        {
            Assert.Equal(0, await _server!.StopAsync());
        }

        await _server.DisposeAsync();
        _server = null;
        _server = await ServerProcess.StartAsync(Options);
        await _files.AssertKeptAsync(Http);
    }

    private async Task EndAsync()
    {
        await _folder.WhenSettledAsync();
        await _files.AssertKeptAsync(Http);
        Assert.Equal(0, await _server!.StopAsync());
        await _folder.SweepAsync();
        _folder.AssertWhole(_files.Count);
    }

    /// <summary>Writes to the log from outside, so that the server's next commit runs a checkpoint.</summary>
    private void LengthenLog()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.Database, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_autocheckpoint=0; CREATE TABLE long (bytes); INSERT INTO long VALUES (zeroblob(20000000)); DROP TABLE long;";
        command.ExecuteNonQuery();
    }
}
