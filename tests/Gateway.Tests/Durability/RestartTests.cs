using System.Net.Http.Json;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Nothing that was accepted is lost, whenever the process is killed or stopped.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Files = 300;

    // One file at a time, so that work is left when the process dies.
    private static readonly Dictionary<string, string> _slow = new()
    {
        ["Chitti__Work__Partitions"] = "1",
        ["Chitti__Detector__Sessions"] = "1",
    };

    private readonly DataFolder _folder = new();
    private readonly UploadPlan _plan = new(Files);

    public static TheoryData<string, int, int, int> Moments
    {
        get
        {
            var moments = new TheoryData<string, int, int, int>
            {
                { "while uploads stream in", Files / 3, 0, 0 },
                { "while inspecting", Files, Files / 3, 0 },
                { "while recovering", Files, 0, 5 },
            };
            for (var i = 1; i <= 5 && Environment.GetEnvironmentVariable("CHITTI_LONG") == "1"; i++)
            {
                var accepted = Random.Shared.Next(Files);
                moments.Add($"at random moment {i}", accepted, Random.Shared.Next(accepted / 3 + 1), Random.Shared.Next(1, Files / 3));
            }

            return moments;
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <param name="moment">For the name of the test.</param>
    /// <param name="accepted">Files accepted before the first kill.</param>
    /// <param name="inspected">Files inspected before the first kill.</param>
    /// <param name="recovered">Files that the second process inspects before it is killed too; 0 for no second kill.</param>
    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Restart_AfterKill_CompletesEveryAcceptedFileOnce(string moment, int accepted, int inspected, int recovered)
    {
        Assert.NotEmpty(moment);
        await RunUntilKilledAsync(accepted, inspected);
        if (recovered > 0)
        {
            await using var second = await ServerProcess.StartAsync(new(_folder.Path) { Environment = _slow });
            var before = _folder.CountInspected();
            await Wait.UntilAsync(
                () => _folder.CountInspected() >= Math.Min(before + recovered, _folder.CountAccepted()),
                () => $"{before} files were inspected, now {_folder.CountInspected()}");
            await second.KillAsync();
        }

        await AssertNothingLostAsync();
    }

    [Fact]
    public async Task Stop_UnderLoad_EndsCleanlyAndNothingIsLost()
    {
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = _slow }))
        {
            var uploads = _plan.SendAsync(server.Http);
            await WhenReachedAsync(server, Files / 3, 5);
            Assert.Equal(0, await server.StopAsync());
            await uploads;
            Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        }

        Assert.Empty(_folder.Staged);
        await AssertNothingLostAsync();
    }

    [Fact]
    public async Task Kill_BetweenAFilesFolderAndItsBytes_LeavesAnEmptyFolderThatIsSwept()
    {
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = _slow }))
        {
            await using var fault = await SyscallFault.StartAsync(server.Id, "link,linkat,rename,renameat,renameat2", "EIO:signal=SIGKILL");
            if (fault is null)
            {
                return;
            }

            await Assert.ThrowsAnyAsync<HttpRequestException>(() => _plan.Uploads[0].SendAsync(server.Http));
            await fault.AbandonAsync();
        }

        Assert.Single(_folder.EmptyFileFolders);
        await AssertNothingLostAsync();
    }

    /// <summary>Uploads from several clients, one of them in the middle of a part, until the condition holds.</summary>
    private async Task RunUntilKilledAsync(int accepted, int inspected)
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = _slow });
        var half = HalfUpload.SendAsync(server.Http);
        await Wait.UntilAsync(() => _folder.Staged.Any(path => new FileInfo(path).Length > 0), () => "half an upload lies in staging");
        var uploads = _plan.SendAsync(server.Http);
        await WhenReachedAsync(server, accepted, inspected);
        await server.KillAsync();
        await Task.WhenAll(uploads, half);
        Assert.NotEmpty(_folder.Staged);
    }

    private Task WhenReachedAsync(ServerProcess server, int accepted, int inspected) => Wait.UntilAsync(
        () => _plan.CountAccepted() >= accepted && _folder.CountInspected() >= inspected,
        () => $"{_plan.CountAccepted()} files accepted, {_folder.CountInspected()} inspected:\n{server.Output}");

    /// <summary>Starts a server on the data of the previous one, and the clients continue.</summary>
    private async Task AssertNothingLostAsync()
    {
        await using (var recovering = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            await _folder.WhenSettledAsync();
            await AssertAllOrNothingAsync(recovering.Http);
            Assert.Equal(0, await recovering.StopAsync());
        }

        await _folder.SweepAsync();
        _folder.AssertNothingStray();

        await using var server = await ServerProcess.StartAsync(new(_folder.Path));

        await ResumeAsync(server.Http);
        await _folder.WhenSettledAsync();
        _folder.AssertWhole(Files);
        await AssertAnswersAsync(server.Http);
        _folder.AssertWhole(Files);
    }

    /// <summary>Every upload that got a response is stored; every other one with all its files or none.</summary>
    private async Task AssertAllOrNothingAsync(HttpClient http)
    {
        var stored = await ListAsync(http);
        foreach (var upload in _plan.Uploads)
        {
            var found = upload.Files.Count(file => stored.ContainsKey(file.Name));
            Assert.True(found == upload.Files.Count || (found == 0 && upload.Answer is null),
                $"{found} of the {upload.Files.Count} files of an upload are there, which was {(upload.Answer is null ? "not answered" : "accepted")}.");
        }

        foreach (var (name, id) in _plan.Uploads.Where(upload => upload.Answer is not null).SelectMany(upload => upload.Ids))
        {
            Assert.Equal(id, stored[name]);
        }
    }

    /// <summary>Does what a client would: repeats with its key or, without one, first checks whether the files exist.</summary>
    private async Task ResumeAsync(HttpClient http)
    {
        var stored = await ListAsync(http);
        _plan.Uploads.RemoveAll(upload => upload is { Answer: null, Key: null } && stored.ContainsKey(upload.Files[0].Name));
        await _plan.SendAsync(http);
        Assert.Empty(_plan.Unanswered);
        foreach (var (name, id) in _plan.Uploads.SelectMany(upload => upload.Ids).Where(file => stored.ContainsKey(file.Key)))
        {
            Assert.Equal(stored[name], id);
        }
    }

    /// <summary>The same key gives the first response, and each file has exactly one inspection.</summary>
    private async Task AssertAnswersAsync(HttpClient http)
    {
        foreach (var upload in _plan.Uploads.Where(upload => upload.Key is not null))
        {
            Assert.Equal(upload.Answer, await upload.PostAsync(http));
        }

        var inspections = _folder.Query("SELECT file_id, id FROM inspections", row => (File: row.GetGuid(0), Id: row.GetGuid(1)))
            .ToDictionary(row => row.File, row => row.Id);
        await Parallel.ForEachAsync(_plan.Uploads.SelectMany(upload => upload.Ids.Values), async (id, cancellationToken) =>
        {
            var file = await http.GetFromJsonAsync<JsonElement>($"/api/files/{id}", cancellationToken);
            Assert.Equal("completed", file.GetProperty("state").GetString());
            Assert.Equal(inspections[id], file.GetProperty("inspection").GetProperty("id").GetGuid());
            Assert.Equal(id, file.GetProperty("inspection").GetProperty("file_id").GetGuid());
        });
    }

    private static async Task<Dictionary<string, Guid>> ListAsync(HttpClient http)
    {
        var list = await http.GetFromJsonAsync<JsonElement>("/api/files?limit=500");
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next_cursor").ValueKind);
        return list.GetProperty("items").EnumerateArray()
            .ToDictionary(file => file.GetProperty("name").GetString()!, file => file.GetProperty("id").GetGuid());
    }
}
