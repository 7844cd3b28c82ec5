using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>An upload while it is read: its fields, its staged files, and why it is refused, if it is.</summary>
internal sealed class UploadForm : IAsyncDisposable
{
    private readonly List<StagedFile> _files = [];

    internal IReadOnlyList<StagedFile> Files => _files;

    internal Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    internal ProblemHttpResult? Problem { get; set; }

    internal string? Field(string name) => Fields.GetValueOrDefault(name);

    internal void Add(StagedFile file) => _files.Add(file);

    /// <summary>The same for the same parts in the same order and the same fields.</summary>
    internal string Fingerprint()
    {
        // Length first, so that no text in one place can pass for text in another.
        var text = new StringBuilder();
        foreach (var (name, value) in Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('=').Append(value.Length).Append(':').Append(value).Append('\n');
        }

        foreach (var file in _files)
        {
            text.Append(file.Sha256).Append(' ').Append(file.Name.Length).Append(':').Append(file.Name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            await file.Staged.DisposeAsync();
        }
    }
}
