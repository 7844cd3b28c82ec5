using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>
/// Writes every problem document. Unlike the framework's writer it ignores the Accept header, so that a client that asked
/// for an image gets the problem too.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    // The keys of errors are the client's own field names, so they are not converted.
    private readonly JsonSerializerOptions _json = new(json.Value.SerializerOptions) { DictionaryKeyPolicy = null };

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        problem.Status ??= http.Response.StatusCode;

        // There are no problem types beyond the status code.
        problem.Type = "about:blank";
        problem.Title = ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status400BadRequest => $"The request can't be read, or '{http.Request.Host}' is not an allowed host name.",
            StatusCodes.Status403Forbidden => "The call comes from a page of another site, which may change nothing here.",
            StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}.",
            StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} is not supported at {http.Request.Path}.",
            StatusCodes.Status413PayloadTooLarge => "The body is larger than the limit for this address.",
            StatusCodes.Status416RangeNotSatisfiable => "The range is outside the content.",
            StatusCodes.Status415UnsupportedMediaType => $"The content type '{http.Request.ContentType}' is not supported at {http.Request.Path}.",
            _ => problem.Title + ".",
        };
        problem.Instance ??= http.Request.Path;
        problem.Extensions["trace_id"] = TraceId(http);
        http.Response.StatusCode = problem.Status.Value;

        // The run-time type, otherwise the errors of a validation problem are not written. Not cancelled: if the client has
        // disconnected, the server discards what is written, without an exception.
        return new(http.Response.WriteAsJsonAsync(
            problem, problem.GetType(), _json, "application/problem+json", CancellationToken.None));
    }

    internal static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
