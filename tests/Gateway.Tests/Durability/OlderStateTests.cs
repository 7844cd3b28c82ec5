using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>
/// This build serves a data folder that an older build left when it was killed, and completes its work. Each release has its
/// own in <c>Durability/State</c>. This writes one, with one completed, one failed and one queued file:
/// <code>CHITTI_WRITE_STATE=0.1.0 dotnet test tests/Gateway.Tests -c Release --filter WriteState</code>
/// </summary>
public sealed class OlderStateTests : IDisposable
{
    private const int SlowSide = 6_000;
    private readonly DataFolder _folder = new();

    public static TheoryData<string> Versions => [.. Directory.EnumerateFiles(StateFolder, "*.zip").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    private static string StateFolder { get; } = Path.Combine(Repository.Root, "tests", "Gateway.Tests", "Durability", "State");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Start_StateOfAnOlderBuild_ServesItAndCompletesWhatWasQueued(string version)
    {
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(StateFolder, $"{version}.zip"), _folder.Path);
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));
        await _folder.WhenSettledAsync();
        _folder.AssertNothingStray();

        var files = (await server.Http.GetFromJsonAsync<JsonElement>("/api/files")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["completed.jpg completed", "failed.png failed", "queued.png completed"],
            files.Select(file => $"{Text(file, "name")} {Text(file, "state")}").Order(StringComparer.Ordinal));
        foreach (var listed in files)
        {
            var content = await server.Http.GetByteArrayAsync($"/api/files/{Text(listed, "id")}/content");
            Assert.Equal(Text(listed, "sha256"), Convert.ToHexStringLower(SHA256.HashData(content)));
            var file = await server.Http.GetFromJsonAsync<JsonElement>($"/api/files/{Text(listed, "id")}");
            if (Text(listed, "state") == "failed")
            {
                Assert.NotEmpty(Text(file, "error"));
                continue;
            }

            Assert.Equal(Text(listed, "inspection_id"), Text(file.GetProperty("inspection"), "id"));
            using var annotated = await server.Http.GetAsync($"/api/files/{Text(listed, "id")}/annotated");
            Assert.Equal(HttpStatusCode.OK, annotated.StatusCode);
        }

        Assert.Equal(2, _folder.CountInspected());
    }

    [Fact]
    public async Task WriteState_WhenRequested_LeavesAFolderWithWorkInEachState()
    {
        if (Environment.GetEnvironmentVariable("CHITTI_WRITE_STATE") is not { Length: > 0 } version)
        {
            return;
        }

        await using (var server = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            var sample = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "open.jpg"));
            await new PlannedUpload([("completed.jpg", sample), ("failed.png", Plain(64)[..^40])], null).SendAsync(server.Http);
            await _folder.WhenSettledAsync();
            await new PlannedUpload([("queued.png", Plain(SlowSide))], null).SendAsync(server.Http);
            await server.KillAsync();
        }

        Assert.Equal(
            ["completed.jpg completed", "failed.png failed", "queued.png queued"], _folder.Texts("SELECT name || ' ' || state FROM files ORDER BY name"));
        File.Delete($"{_folder.Database}-shm");
        File.Delete(Path.ChangeExtension(_folder.Database, ".reserve"));
        File.Delete(Path.Combine(_folder.Path, "chitti.lock"));
        var target = Path.Combine(Directory.CreateDirectory(StateFolder).FullName, $"{version}.zip");
        File.Delete(target);
        await ZipFile.CreateFromDirectoryAsync(_folder.Path, target);
    }

    /// <summary>A single shade of grey: few bytes, but slow to decode.</summary>
    private static byte[] Plain(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Gray8, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.Gray);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
