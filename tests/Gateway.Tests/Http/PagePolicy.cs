namespace Chitti.Gateway.Tests;

/// <summary>A content security policy, read as far as the pages here need it.</summary>
internal sealed class PagePolicy
{
    private readonly Dictionary<string, string[]> _directives;

    private PagePolicy(string header) => _directives = header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(directive => directive.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => words[1..]);

    public IEnumerable<string> AllSources => _directives.Values.SelectMany(sources => sources);

    public static PagePolicy Of(HttpResponseMessage response) => new(Assert.Single(response.Headers.GetValues("Content-Security-Policy")));

    /// <summary>Whether a media type is one that a browser takes for this where nothing may be guessed.</summary>
    public static bool TypeFits(string directive, string mediaType) => directive switch
    {
        "script-src" => mediaType is "text/javascript" or "application/javascript",
        "style-src" => mediaType == "text/css",
        "img-src" => mediaType.StartsWith("image/", StringComparison.Ordinal),
        _ => mediaType.Length > 0,
    };

    public string[] Sources(string directive) => _directives.GetValueOrDefault(directive) ?? [];

    /// <param name="directive">For example <c>img-src</c>.</param>
    /// <param name="address">An address relative to the page, a <c>data:</c> address, or a keyword in quotes.</param>
    public bool Allows(string directive, string address)
    {
        var sources = _directives.GetValueOrDefault(directive) ?? Sources("default-src");
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return address.StartsWith('\'') ? sources.Contains(address)
            : colon > 0 || address.StartsWith("//", StringComparison.Ordinal) ? sources.Contains(address[..(colon + 1)])
            : sources.Contains("'self'");
    }
}
