using System.Globalization;
using System.Text.Json;
using Chitti.Domain;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Describes what is wrong with a request that the server or parameter binding could not read.</summary>
internal static class BadRequestFault
{
    internal static async Task<ProblemDetails> DescribeAsync(
        HttpContext context, Endpoint? endpoint, BadHttpRequestException exception, CancellationToken cancellationToken)
    {
        if (exception.InnerException is JsonException json)
        {
            return await DescribeJsonAsync(context, endpoint, json, cancellationToken);
        }

        return exception.StatusCode switch
        {
            StatusCodes.Status400BadRequest when FindUnreadQuery(context.Request, endpoint) is { Count: > 0 } errors => Invalid(errors),
            StatusCodes.Status400BadRequest when JsonBody.FindType(endpoint) is not null && context.Request.ContentLength is not > 4 =>
                Invalid(new Dictionary<string, string[]> { ["body"] = ["must be a JSON object"] }),
            StatusCodes.Status400BadRequest => new() { Status = exception.StatusCode, Detail = exception.Message },
            _ => new() { Status = exception.StatusCode },
        };
    }

    private static async Task<ProblemDetails> DescribeJsonAsync(
        HttpContext context, Endpoint? endpoint, JsonException exception, CancellationToken cancellationToken)
    {
        try
        {
            // Read again from the beginning, because the serializer stopped at the first fault.
            context.Request.Body.Position = 0;
            using var json = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
            var options = context.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value;
            var faults = JsonFault.Describe(exception, json.RootElement, JsonBody.FindType(endpoint)!, options.SerializerOptions);
            return Invalid(endpoint?.Metadata.GetMetadata<MoreFaults>() is { } more
                ? await more.AddAsync(context, json.RootElement, faults, cancellationToken)
                : faults);
        }
        catch (JsonException noJson)
        {
            return Invalid(JsonFault.NoJson(noJson));
        }
        catch (BadHttpRequestException unread)
        {
            // For example because the rest of the body exceeds the limit.
            return new() { Status = unread.StatusCode };
        }
    }

    private static ProblemDetails Invalid(IReadOnlyDictionary<string, string[]> errors) => Problems.Invalid(errors).ProblemDetails;

    /// <summary>Binding reports only the first parameter, with its C# type name; this finds all of them.</summary>
    private static Dictionary<string, string[]> FindUnreadQuery(HttpRequest request, Endpoint? endpoint)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            if (QueryRules.NameOf(parameter) is not { } name || (string?)request.Query[name] is not { } text)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
            if (type == typeof(int) && !int.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                errors[name] = [$"'{FieldErrors.Shorten(text)}' is not a whole number"];
            }
            else if (type == typeof(float) && !float.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                errors[name] = [$"'{FieldErrors.Shorten(text)}' is not a number"];
            }
        }

        return errors;
    }
}
