using System.Net.Mime;
using Microsoft.OpenApi;

namespace Chitti.Gateway;

/// <summary>Describes in the OpenAPI document what the signatures of endpoints do not show.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Declares statuses that come with a problem document; 500 and 503 are always included.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint = status == StatusCodes.Status400BadRequest ? endpoint.ProducesValidationProblem() : endpoint.ProducesProblem(status);
        }

        return endpoint.ProducesProblem(StatusCodes.Status500InternalServerError).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Declares that the response is bytes, whole or a range.</summary>
    internal static RouteHandlerBuilder GivesBytes(this RouteHandlerBuilder endpoint, params string[] mediaTypes) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            foreach (var (status, description) in new[] { ("200", "The bytes."), ("206", "The requested range of the bytes.") })
            {
                operation.Responses[status] = new OpenApiResponse { Description = description, Content = Content(mediaTypes, Binary()) };
            }

            operation.Responses["304"] = new OpenApiResponse { Description = "The caller's copy, identified by its ETag, is current." };
            return Task.CompletedTask;
        });

    /// <summary>Declares that the request is one image, as the body or as the only part of a form.</summary>
    internal static RouteHandlerBuilder TakesImage(this RouteHandlerBuilder endpoint) => endpoint.Takes(new()
    {
        [MediaTypeNames.Application.Octet] = Media(Binary()),
        ["image/*"] = Media(Binary()),
        [MediaTypeNames.Multipart.FormData] = Media(Form(("file", Binary()))),
    });

    /// <summary>Declares that the request is a form with images only.</summary>
    internal static RouteHandlerBuilder TakesPictures(this RouteHandlerBuilder endpoint, int maxParts) => endpoint.Takes(new()
    {
        [MediaTypeNames.Multipart.FormData] = Media(Form(("file", Pictures(maxParts)))),
    });

    /// <summary>Declares that the request is a form with images and fields.</summary>
    internal static RouteHandlerBuilder TakesUpload(this RouteHandlerBuilder endpoint, int maxParts) => endpoint.Takes(new()
    {
        [MediaTypeNames.Multipart.FormData] = Media(Form(
            ("file", Pictures(maxParts)),
            ("profile_id", Text("Profile to judge by; the default profile if omitted.", 64)),
            ("part_id", Text("Serial number or other id of the part.", 200)),
            ("batch_id", Text("Batch that the files belong to.", 200)))),
    }).AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header,
            In = ParameterLocation.Header,
            Description = "For 24 hours, a request with the same key and body gets the first answer again.",
            Schema = Text(null, 200),
        });
        return Task.CompletedTask;
    });

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, Dictionary<string, OpenApiMediaType> content) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
            return Task.CompletedTask;
        });

    private static Dictionary<string, OpenApiMediaType> Content(string[] mediaTypes, OpenApiSchema schema) =>
        mediaTypes.ToDictionary(type => type, _ => Media(schema));

    private static OpenApiMediaType Media(OpenApiSchema schema) => new() { Schema = schema };

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiSchema Pictures(int max) => new() { Type = JsonSchemaType.Array, Items = Binary(), MinItems = 1, MaxItems = max };

    private static OpenApiSchema Text(string? description, int maxLength) =>
        new() { Type = JsonSchemaType.String, Description = description, MinLength = 1, MaxLength = maxLength };

    private static OpenApiSchema Form(params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { UploadReader.FileField },
        Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => field.Schema),
    };
}
