using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chitti.Domain;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Chitti.Gateway;

/// <summary>
/// Why the server refused a request of a connection before there was a request to hand on: what it read is no HTTP, or beyond
/// its limits. Nothing comes after it on that connection.
/// </summary>
internal sealed class Rejection
{
    private byte[]? _answer;

    /// <summary>Whether the server has refused; everything that it writes from then on is its bare answer.</summary>
    internal bool IsSet => Volatile.Read(ref _answer) is not null;

    /// <summary>The answer in place of the bare one.</summary>
    internal ReadOnlyMemory<byte> Answer => _answer;

    internal void Set(IHttpRequestFeature? request, BadHttpRequestException fault, DateTimeOffset now)
    {
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        var title = ReasonPhrases.GetReasonPhrase(fault.StatusCode);
        var problem = new ProblemDetails
        {
            Type = "about:blank",
            Title = title,
            Status = fault.StatusCode,
            Detail = $"The server can't read the request: {fault.Message.Replace(": ''", "", StringComparison.Ordinal).TrimEnd('.')}.",
            Instance = request?.RawTarget is { Length: > 0 } target ? target : "/",
            Extensions = { ["trace_id"] = traceId },
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 {fault.StatusCode} {title}
            Content-Length: {body.Length}
            Content-Type: application/problem+json
            Connection: close
            Date: {now:R}
            X-Request-Id: {traceId}
            X-Content-Type-Options: nosniff


            """).ReplaceLineEndings("\r\n");
        byte[] content = HttpMethods.IsHead(request?.Method ?? "") ? [] : body;
        Volatile.Write(ref _answer, [.. Encoding.ASCII.GetBytes(head), .. content]);
    }
}
