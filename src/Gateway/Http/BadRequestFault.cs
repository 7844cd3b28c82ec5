using System.Globalization;
using System.Text.Json;
using Chitti.Domain;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Says what is wrong with a request that the server or the binding could not read.</summary>
internal static class BadRequestFault
{
    internal static ProblemDetails Describe(HttpContext context, Endpoint? endpoint, BadHttpRequestException fault) => fault switch
    {
        { InnerException: JsonException json } => Invalid(DescribeJson(context, endpoint, json)),
        { StatusCode: StatusCodes.Status400BadRequest } when FindUnreadQuery(context.Request, endpoint) is { Count: > 0 } errors => Invalid(errors),
        { StatusCode: StatusCodes.Status400BadRequest } when TakesJson(endpoint) && context.Request.ContentLength is not > 4 =>
            Invalid(new Dictionary<string, string[]> { ["body"] = ["must be a JSON object"] }),
        _ => new()
        {
            Status = fault.StatusCode,
            Detail = fault.StatusCode == StatusCodes.Status400BadRequest ? fault.Message : null,
        },
    };

    private static IReadOnlyDictionary<string, string[]> DescribeJson(HttpContext context, Endpoint? endpoint, JsonException fault) =>
        endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
            ? JsonFault.Describe(fault, type, context.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions)
            : JsonFault.NoJson(fault);

    private static ProblemDetails Invalid(IReadOnlyDictionary<string, string[]> errors) => Problems.Invalid(errors).ProblemDetails;

    private static bool TakesJson(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null;

    /// <summary>The binding names one parameter, in the words of the compiler; this finds them all.</summary>
    private static Dictionary<string, string[]> FindUnreadQuery(HttpRequest request, Endpoint? endpoint)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var given = parameter.ParameterInfo.GetCustomAttributes(inherit: false).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name;
            var name = given ?? parameter.Name;
            string? text = request.Query[name];
            if (text is null)
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
