using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>
/// Reads a multipart body part by part, without buffering it. Faults of the body become 400 here, so that they are not
/// mistaken for errors of the storage that the parts are copied to.
/// </summary>
internal sealed class MultipartBody
{
    private const int BufferBytes = 64 << 10;

    private readonly MultipartReader _reader;

    private MultipartBody(MultipartReader reader) => _reader = reader;

    /// <summary>Null when the request has no multipart body.</summary>
    internal static MultipartBody? Open(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > 70)
        {
            throw new BadHttpRequestException("The Content-Type header must name a boundary of 1 to 70 characters.");
        }

        // Leaves room for very long file names, which are cut later.
        return new(new MultipartReader(boundary.ToString(), request.Body, BufferBytes) { HeadersCountLimit = 16, HeadersLengthLimit = 64 << 10 });
    }

    /// <summary>The next part; null after the last.</summary>
    internal Task<MultipartPart?> NextAsync(CancellationToken cancellationToken) => Guard(async () =>
        await _reader.ReadNextSectionAsync(cancellationToken) is { } section ? new MultipartPart(section) : null);

    internal static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is IOException and not (BadHttpRequestException or ConnectionResetException) or InvalidDataException)
        {
            throw new BadHttpRequestException("The multipart body is damaged or ends before its closing boundary.", exception);
        }
    }
}
