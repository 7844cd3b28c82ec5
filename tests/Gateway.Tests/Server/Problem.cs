using System.Net;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Asserts the form of problem responses.</summary>
internal static class Problem
{
    /// <summary>Asserts the status, a complete problem, and that its text contains certain words.</summary>
    public static async Task<JsonElement> AssertAsync(HttpResponseMessage response, HttpStatusCode status, params string[] words)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} in place of {(int)status}: {body}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.True(response.Headers.Contains("X-Request-Id"));
            var problem = JsonDocument.Parse(body).RootElement;
            Check(problem, (int)status, response.RequestMessage!.RequestUri!.AbsolutePath);
            AssertSays(body, words);
            return problem;
        }
    }

    public static void Check(JsonElement problem, int status, string path)
    {
        Assert.NotEmpty(problem.GetProperty("type").GetString()!);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(Uri.UnescapeDataString(path), Uri.UnescapeDataString(problem.GetProperty("instance").GetString()!));
        Assert.NotEmpty(problem.GetProperty("trace_id").GetString()!);
        var text = problem.ToString();
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Chitti.", text, StringComparison.Ordinal);
    }

    /// <summary>The messages of one field.</summary>
    public static string Error(JsonElement problem, string field) => string.Join(
        "; ", problem.GetProperty("errors").GetProperty(field).EnumerateArray().Select(message => message.GetString()));

    private static void AssertSays(string body, string[] words)
    {
        var text = System.Text.RegularExpressions.Regex.Unescape(body);
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }
}
