using System.Net;
using System.Text.RegularExpressions;

namespace Chitti.Gateway.Tests;

/// <summary>The pages for people: no other page may frame them, and their policy allows what they load and nothing foreign.</summary>
[Collection(OneServer.Name)]
public partial class PageTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    [InlineData("/docs/scalar.js")]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/index.css")]
    [InlineData("/dashboard/nothing-here")]
    public async Task GetPage_AnyPartOfIt_HasAPolicyAndCannotBeFramed(string path)
    {
        using var response = await Server.Http.GetAsync(path);

        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        var policy = PagePolicy.Of(response);
        Assert.Equal(["'none'"], policy.Sources("frame-ancestors"));
        Assert.Equal(["'self'"], policy.Sources("default-src"));
        Assert.All(policy.AllSources, source => Assert.Contains(source, new[] { "'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:" }));
    }

    [Theory]
    [InlineData("/docs/", 3)]
    [InlineData("/dashboard/", 6)]
    public async Task GetPage_WhatItRefersTo_IsAllowedAndServed(string path, int atLeast)
    {
        using var response = await Server.Http.GetAsync(path);
        var policy = PagePolicy.Of(response);
        var page = response.RequestMessage!.RequestUri!;
        var html = await response.Content.ReadAsStringAsync();
        AssertInlineIsAllowed(policy, html);

        var served = 0;
        foreach (var (directive, address) in ReferencesOf(html))
        {
            served += await AssertAllowedAsync(policy, page, directive, address);
        }

        Assert.True(served >= atLeast, $"Only {served} references were found:\n{html}");
    }

    /// <returns>How many things were fetched: it, and what it refers to itself.</returns>
    private async Task<int> AssertAllowedAsync(PagePolicy policy, Uri page, string directive, string address)
    {
        Assert.True(policy.Allows(directive, address), $"{directive} does not allow {address}");
        if (address.StartsWith("data:", StringComparison.Ordinal))
        {
            return 0;
        }

        var at = new Uri(page, address);
        using var response = await Server.Http.GetAsync(at);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{at} has {response.StatusCode}");

        // With nosniff a browser takes scripts and styles only for what they are called.
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        Assert.True(PagePolicy.TypeFits(directive, type), $"{at} is called {type}");
        var text = directive is "script-src" or "style-src" ? await response.Content.ReadAsStringAsync() : "";
        var fetched = 1;
        if (directive == "style-src")
        {
            foreach (var reference in StylePart().Matches(text).Select(match => match.Groups[1].Value).Distinct())
            {
                fetched += await AssertAllowedAsync(policy, at, Font().IsMatch(reference) ? "font-src" : "img-src", reference);
            }
        }
        else if (directive == "script-src")
        {
            AssertScriptIsAllowed(policy, at, text);
        }

        return fetched;
    }

    private static void AssertInlineIsAllowed(PagePolicy policy, string html)
    {
        Assert.True(!InlineScript().IsMatch(html) || policy.Allows("script-src", "'unsafe-inline'"), "an inline script is not allowed");
        Assert.True(!InlineStyle().IsMatch(html) || policy.Allows("style-src", "'unsafe-inline'"), "an inline style is not allowed");
    }

    /// <summary>What a script does when it runs, as far as its text shows it.</summary>
    private static void AssertScriptIsAllowed(PagePolicy policy, Uri script, string text)
    {
        foreach (var (sign, directive, source) in new[]
        {
            ("new Function(", "script-src", "'unsafe-eval'"),
            ("createElement(\"style\")", "style-src", "'unsafe-inline'"),
            ("data:image/", "img-src", "data:"),
            ("data:font/", "font-src", "data:"),
        })
        {
            Assert.True(!text.Contains(sign, StringComparison.Ordinal) || policy.Allows(directive, source), $"{script} has {sign}, and {directive} has no {source}");
        }
    }

    private static IEnumerable<(string Directive, string Address)> ReferencesOf(string html)
    {
        foreach (var tag in Tag().Matches(html).Select(match => match.Value))
        {
            var address = Address().Match(tag).Groups[1].Value;
            if (address.Length > 0)
            {
                yield return (tag[1..].Split(' ')[0].ToLowerInvariant() switch
                {
                    "script" => "script-src",
                    "link" when tag.Contains("stylesheet", StringComparison.OrdinalIgnoreCase) => "style-src",
                    "link" or "img" => "img-src",
                    var other => throw new InvalidOperationException($"Which directive is for {other}?"),
                }, address);
            }
        }

        foreach (var module in Import().Matches(html).Select(match => match.Groups[1].Value))
        {
            yield return ("script-src", module);
        }
    }

    [GeneratedRegex("<(script|link|img|iframe|source|object|embed|base|form) [^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("(?:src|href|data|action)=[\"']([^\"']+)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("import [^'\"]*['\"]([^'\"]+)")]
    private static partial Regex Import();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<style|<[^>]+\\bstyle=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();

    [GeneratedRegex("url\\(\\s*[\"']?([^\"')]+)")]
    private static partial Regex StylePart();

    [GeneratedRegex("\\.(woff2?|ttf|otf|eot)\\b|^data:(application/)?(x-)?font")]
    private static partial Regex Font();
}
