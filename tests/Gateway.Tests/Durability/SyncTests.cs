using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A 202 survives a power cut: all that it promises is synced before its first byte is sent.</summary>
public sealed class SyncTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string _trace = Path.GetTempFileName();

    public void Dispose()
    {
        _folder.Dispose();
        File.Delete(_trace);
    }

    [Fact]
    public async Task PostFiles_Accepted_WasSyncedBefore()
    {
        string[] names = ["open.jpg", "short.jpg"];
        Guid[] ids = [];
        var trace = await TraceAsync(async http =>
        {
            using var form = new MultipartFormDataContent();
            foreach (var name in names)
            {
                form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(Sample(name))), "file", name);
            }

            using var response = await http.PostAsync("/api/files", form);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            ids = [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
        });

        var answer = FindAnswer(trace);
        Assert.Equal(2, ids.Length);
        foreach (var (id, name) in ids.Zip(names))
        {
            var moved = AssertBytesSynced(trace, id, "original", new FileInfo(Sample(name)).Length, answer);
            AssertNamesSynced(trace, moved, answer);
            AssertNamesSynced(trace, AssertBytesSynced(trace, id, "metadata.json", size: null, answer), answer);
            AssertCommitSynced(trace, id.ToString(), answer);
        }
    }

    [Fact]
    public async Task PostReports_Accepted_WasSyncedBefore()
    {
        const string Title = "Report of the power cut";
        var trace = await TraceAsync(async http =>
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Sample("open.jpg"))), "file", "open.jpg" } };
            using var uploaded = await http.PostAsync("/api/files", form);
            var id = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("id").GetGuid();
            using var response = await http.PostAsJsonAsync("/api/reports", new { file_ids = new[] { id }, format = "json", title = Title });
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        });

        var answer = trace.All.Last(IsAnswer);
        AssertCommitSynced(trace, Title, answer);
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    private async Task<SyncTrace> TraceAsync(Func<HttpClient, Task> call)
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path) { Prefix = SyncTrace.Command(_trace) });
        await call(server.Http);
        await server.KillAsync();
        return await SyncTrace.ReadAsync(_trace, server.Id);
    }

    private static bool IsAnswer(SyncTrace.SystemCall call) =>
        call.IsSend && call.Strings.Any(text => text.StartsWith("HTTP/1.1 202", StringComparison.Ordinal));

    private static SyncTrace.SystemCall FindAnswer(SyncTrace trace) => Assert.Single(trace.All, IsAnswer);

    /// <summary>Asserts the order: all bytes written, synced, moved into place, then the response.</summary>
    private static SyncTrace.SystemCall AssertBytesSynced(SyncTrace trace, Guid id, string name, long? size, SyncTrace.SystemCall answer)
    {
        var moved = Assert.Single(trace.All, call => call.IsMove && call.Strings is [_, var to] && to.EndsWith($"{id:N}/{name}", StringComparison.Ordinal));
        var staged = moved.Strings[0];
        var writes = trace.All.Where(call => call.IsWrite && call.Path == staged).ToList();
        Assert.NotEmpty(writes);
        Assert.Equal(size ?? new FileInfo(moved.Strings[1]).Length, writes.Sum(write => long.Parse(write.Text[(write.Text.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture)));
        var synced = trace.All.FindLast(call => call.IsSync && call.Path == staged && call.Succeeded);
        Assert.NotNull(synced);
        Assert.All(writes, write => Assert.True(write.End <= synced.Start, $"{write} ended after {synced}"));
        Assert.True(synced.End <= moved.Start, $"{synced} ended after {moved}");
        Assert.True(moved.End <= answer.Start, $"{moved} ended after the answer");
        return moved;
    }

    /// <summary>Asserts the same for the name of the file and of each parent folder created since the process started.</summary>
    private void AssertNamesSynced(SyncTrace trace, SyncTrace.SystemCall moved, SyncTrace.SystemCall answer)
    {
        var path = moved.Strings[1];
        AssertNameSynced(trace, path, moved, answer);
        var made = trace.All.Where(call => call.IsNewFolder && call.Succeeded && path.StartsWith($"{call.Strings[0]}/", StringComparison.Ordinal)).ToList();
        Assert.Contains(made, call => call.Strings[0] == _folder.Path);
        Assert.Contains(made, call => call.Strings[0] == Path.GetDirectoryName(path));
        Assert.All(made, call => AssertNameSynced(trace, call.Strings[0], call, answer));
    }

    private static void AssertNameSynced(SyncTrace trace, string path, SyncTrace.SystemCall made, SyncTrace.SystemCall answer)
    {
        var parent = Path.GetDirectoryName(path);
        Assert.True(
            trace.All.Any(call => call.IsSync && call.Succeeded && call.Path == parent && call.Start >= made.End && call.End <= answer.Start),
            $"{parent} was not synced between {made} and {answer}");
    }

    /// <summary>Asserts that the transaction that wrote this text to the write-ahead log is synced up to its last frame.</summary>
    private void AssertCommitSynced(SyncTrace trace, string text, SyncTrace.SystemCall answer)
    {
        var log = $"{_folder.Database}-wal";
        var frames = trace.All.Where(call => call.IsWrite && call.Path == log && call.Start < answer.Start).ToList();
        var written = frames.FindIndex(call => call.Strings[0].Contains(text, StringComparison.Ordinal));
        Assert.True(written > 0, $"'{text}' was not written to the log before the answer");

        // A frame is a header of 24 bytes and a page; bytes 4..7 of the header are nonzero in the last frame of a transaction.
        var last = frames.FindIndex(written - 1, call => call.Strings[0] is { Length: 24 } header && header[4..8] != "\0\0\0\0") + 1;
        Assert.True(last > 0, $"the transaction that wrote '{text}' was not committed before the answer");
        Assert.True(
            trace.All.Any(call => call.IsSync && call.Succeeded && call.Path == log && call.Start >= frames[last].End && call.End <= answer.Start),
            $"the log was not synced between {frames[last].Start} and {answer.Start}");
        Assert.True(frames[last].End <= answer.Start);
    }
}
