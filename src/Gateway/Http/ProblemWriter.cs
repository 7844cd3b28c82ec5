using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>
/// Writes every problem document. Unlike the framework's writer it does not ask the Accept header: a client that
/// asked for an image is told what was wrong, too.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    // The keys of errors are names that the client used; they stay as they are.
    private readonly JsonSerializerOptions _json = new(json.Value.SerializerOptions) { DictionaryKeyPolicy = null };

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        problem.Status ??= http.Response.StatusCode;

        // The status says what kind of problem it is; there are no finer kinds with a page of their own.
        problem.Type = "about:blank";
        problem.Title = ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status400BadRequest => $"The request can't be read, or '{http.Request.Host}' is not among the host names that are answered to.",
            StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}.",
            StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} is not served at {http.Request.Path}.",
            StatusCodes.Status413PayloadTooLarge => "The body is larger than this address takes.",
            StatusCodes.Status416RangeNotSatisfiable => "The range lies outside the bytes that there are.",
            StatusCodes.Status415UnsupportedMediaType => $"Bodies of the content type '{http.Request.ContentType}' are not read at {http.Request.Path}.",
            _ => problem.Title + ".",
        };
        problem.Instance ??= http.Request.Path;
        problem.Extensions["trace_id"] = TraceId(http);
        http.Response.StatusCode = problem.Status.Value;

        // By the run-time type: only then the errors of a validation problem are written.
        return new(http.Response.WriteAsJsonAsync(
            problem, problem.GetType(), _json, "application/problem+json", http.RequestAborted));
    }

    internal static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
