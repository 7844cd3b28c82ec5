using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>One part of a multipart body.</summary>
internal sealed class MultipartPart
{
    private readonly Stream _body;

    internal MultipartPart(MultipartSection section)
    {
        _body = section.Body;
        if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            Name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            // Only quotes are unescaped, because many clients send the backslashes of a path unescaped.
            FileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
                .Value?.Replace("\\\"", "\"", StringComparison.Ordinal);
        }
    }

    /// <summary>Name of the field; empty when the part has none.</summary>
    internal string Name { get; } = "";

    /// <summary>As the client sent it, possibly with a path.</summary>
    internal string? FileName { get; }

    /// <summary>Fills the buffer unless the part ends first. Returns 0 at the end.</summary>
    internal Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => MultipartBody.Guard(async () =>
        await _body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));

    /// <summary>The whole part as text; null when it is longer than <paramref name="maxBytes"/>.</summary>
    internal async Task<string?> ReadTextAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[maxBytes + 1];
        var read = await ReadAsync(buffer, cancellationToken);
        return read > maxBytes ? null : Encoding.UTF8.GetString(buffer, 0, read);
    }
}
