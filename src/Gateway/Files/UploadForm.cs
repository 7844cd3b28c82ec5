using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>An upload being read: its fields, its staged files and, if it is refused, the problem.</summary>
internal sealed class UploadForm : IAsyncDisposable
{
    private readonly List<StagedFile> _files = [];

    internal IReadOnlyList<StagedFile> Files => _files;

    internal Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    internal ProblemHttpResult? Problem { get; set; }

    internal string? Field(string name) => Fields.GetValueOrDefault(name);

    internal void Add(StagedFile file) => _files.Add(file);

    /// <summary>Hash of the fields and of the files in their order.</summary>
    internal string Fingerprint()
    {
        // Each text is preceded by its length, so that different forms cannot produce the same input.
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
