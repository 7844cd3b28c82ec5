using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Says what is wrong with a request that the server or the binding could not read.</summary>
internal static class BadRequestFault
{
    internal static ProblemDetails Describe(HttpContext context, BadHttpRequestException fault)
    {
        if (fault.InnerException is JsonException json)
        {
            return JsonFault.Describe(context, json);
        }

        return new()
        {
            Status = fault.StatusCode,
            Detail = fault.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => "The body is larger than this address takes.",
                StatusCodes.Status415UnsupportedMediaType => null,
                _ => fault.Message,
            },
        };
    }
}
