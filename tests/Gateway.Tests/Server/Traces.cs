using System.Globalization;
using Chitti.Tests;
using Microsoft.Data.Sqlite;

namespace Chitti.Gateway.Tests;

/// <summary>Everything that uploads leave on a server: objects, staged bytes, rows, idempotency keys, and what the list shows.</summary>
internal static class Traces
{
    /// <summary>Asserts that an action has left nothing behind when its response arrives, and that the server still responds.</summary>
    public static async Task AssertNoneAsync(TestServer server, Func<Task> act)
    {
        var before = await FindAsync(server);
        await act();
        Assert.Equal(before, await FindAsync(server));
        await AssertAnswersAsync(server);
    }

    /// <summary>As <see cref="AssertNoneAsync"/>, for a client that does not wait for a response.</summary>
    public static async Task AssertNoneSoonAsync(TestServer server, Func<Task> act)
    {
        var before = await FindAsync(server);
        await act();
        await Eventually.GetAsync(() => FindAsync(server), after => after.SequenceEqual(before));
        await AssertAnswersAsync(server);
    }

    /// <summary>Bytes of each staged file.</summary>
    public static List<long> StagedBytes(TestServer server)
    {
        var sizes = new List<long>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(server.DataPath, "staging")))
        {
            var file = new FileInfo(path);
            if (file.Exists)
            {
                sizes.Add(file.Length);
            }
        }

        return sizes;
    }

    private static async Task AssertAnswersAsync(TestServer server)
    {
        using var response = await server.DetectAsync(Pictures.Sample("good-1.jpg"));
        Assert.True(response.IsSuccessStatusCode, $"The server answers {response.StatusCode} to a sound image.");
    }

    private static async Task<List<string>> FindAsync(TestServer server)
    {
        var traces = new List<string>();
        foreach (var folder in new[] { "objects", "staging" })
        {
            var path = Path.Combine(server.DataPath, folder);
            traces.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(server.DataPath, file)).Order(StringComparer.Ordinal));
        }

        using var database = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "chitti.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        var states = Read(database, "SELECT GrainIdN0 || ' ' || GrainIdN1 FROM OrleansStorage WHERE GrainTypeString LIKE '%file%'");
        var rows = Read(database, "SELECT id FROM files ORDER BY id");
        traces.AddRange(rows.Select(id => $"row {id}"));

        // A file uploaded earlier may be completing now; only what no row owns counts.
        traces.AddRange(states.Select(IdOf).Except(rows).Select(id => $"grain {id}"));
        traces.AddRange(Read(database, "SELECT 'key ' || scope || ' ' || key FROM idempotency_keys ORDER BY 1"));
        var listed = await server.GetJsonAsync("/api/files?limit=1000");
        traces.AddRange(listed.GetProperty("items").EnumerateArray().Select(item => $"listed {item.GetProperty("id")}"));
        return traces;
    }

    private static string IdOf(string state)
    {
        var key = state.Split(' ').Select(half => long.Parse(half, CultureInfo.InvariantCulture)).ToArray();
        return new Guid([.. BitConverter.GetBytes(key[0]), .. BitConverter.GetBytes(key[1])]).ToString("D");
    }

    private static List<string> Read(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
