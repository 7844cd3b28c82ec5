using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Refusals as problem documents (RFC 9457). <see cref="ProblemWriter"/> adds what all of them carry.</summary>
internal static class Problems
{
    internal static ProblemHttpResult Create(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    internal static ProblemHttpResult NotFound(string what) => Create(StatusCodes.Status404NotFound, $"There is no {what}.");

    internal static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors.ToDictionary())
        {
            Status = status,
            Detail = "The request is not valid; see errors for each field.",
        });

    internal static ProblemHttpResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>A refusal that is temporary, with <c>Retry-After</c>: one second where nothing better is known.</summary>
    internal static ProblemHttpResult TryAgain(HttpContext context, int status, string detail, TimeSpan? after = null)
    {
        SetRetryAfter(context, after ?? TimeSpan.FromSeconds(1));
        return Create(status, detail);
    }

    /// <summary>In whole seconds, at least one.</summary>
    internal static void SetRetryAfter(HttpContext context, TimeSpan after) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
