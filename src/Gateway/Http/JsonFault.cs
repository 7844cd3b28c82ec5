using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Says which field of a JSON body is wrong.</summary>
internal static class JsonFault
{
    internal static ProblemDetails Describe(HttpContext context, JsonException fault)
    {
        var field = fault.Path is { Length: > 2 } path ? path[2..] : "body";
        return new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [fault.Message] })
        {
            Status = StatusCodes.Status400BadRequest,
            Title = null,
            Detail = "The body can't be read.",
        };
    }
}
