using System.Net.Http.Json;
using System.Text.Json;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>What the tests of lost and altered data have in common: uploads, and what a server says of them.</summary>
internal static class StoredFiles
{
    /// <summary>Uploads samples under these names, one after the other.</summary>
    public static async Task<Guid[]> UploadAsync(HttpClient http, params string[] names)
    {
        var ids = new List<Guid>();
        foreach (var name in names)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent($"part of {name}"), "part_id" },
                { new ByteArrayContent(await File.ReadAllBytesAsync(Sample("open.jpg"))), "file", name },
            };
            using var response = await http.PostAsync("/api/files", form);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, body);
            ids.Add(JsonDocument.Parse(body).RootElement.GetProperty("items")[0].GetProperty("id").GetGuid());
        }

        return [.. ids];
    }

    /// <summary>Starts a server, uploads, waits until all is inspected, and stops it.</summary>
    public static async Task<Guid[]> FillAsync(DataFolder folder, params string[] names)
    {
        await using var server = await ServerProcess.StartAsync(new(folder.Path));
        var ids = await UploadAsync(server.Http, names);
        await folder.WhenSettledAsync();
        Assert.Equal(0, await server.StopAsync());
        return ids;
    }

    public static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    public static string KeyOf(Guid id) => Storage.FileObjects.OriginalOf(id);

    /// <summary>Removes the database with its log.</summary>
    public static void LoseDatabase(DataFolder folder)
    {
        foreach (var path in Directory.GetFiles(folder.Path, "chitti.db*"))
        {
            File.Delete(path);
        }
    }

    /// <summary>Changes one byte in the middle of a file.</summary>
    public static void Alter(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = file.Length / 2;
        var before = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(before ^ 1));
    }

    /// <summary>Name, part, size, hash and time of acceptance of each file, by id.</summary>
    public static async Task<string[]> ListAsync(HttpClient http)
    {
        var list = await http.GetFromJsonAsync<JsonElement>("/api/files?limit=500");
        return
        [
            .. list.GetProperty("items").EnumerateArray()
                .Select(file => string.Join(' ', new[] { "id", "name", "part_id", "size", "sha256", "created_at" }.Select(field => file.GetProperty(field).ToString())))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(DataFolder folder, string verb, params string[] arguments) =>
        ChittiProgram.RunAsync(AppContext.BaseDirectory, [verb, "--data", folder.Path, .. arguments]);
}
