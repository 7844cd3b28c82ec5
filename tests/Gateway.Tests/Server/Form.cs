using System.Text;

namespace Chitti.Gateway.Tests;

/// <summary>A multipart body built from bytes, so it can also be malformed.</summary>
internal sealed class Form
{
    public const string Boundary = "chitti-boundary-7d1f";

    public const string ContentType = $"multipart/form-data; boundary={Boundary}";

    private readonly List<byte> _body = [];

    public Form File(byte[] bytes, string name = "board.jpg", string field = "file") =>
        Part($"form-data; name=\"{field}\"; filename=\"{name}\"", bytes);

    public Form Field(string name, string value) => Part($"form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public Form Part(string disposition, byte[] bytes)
    {
        Write($"--{Boundary}\r\nContent-Disposition: {disposition}\r\n\r\n");
        _body.AddRange(bytes);
        Write("\r\n");
        return this;
    }

    /// <summary>Without the closing boundary.</summary>
    public byte[] ToOpenArray() => [.. _body];

    public byte[] ToArray() => [.. ToOpenArray(), .. Encoding.ASCII.GetBytes($"--{Boundary}--\r\n")];

    public HttpContent ToContent() => Content(ToArray(), ContentType);

    public static HttpContent Content(byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private void Write(string text) => _body.AddRange(Encoding.UTF8.GetBytes(text));
}
