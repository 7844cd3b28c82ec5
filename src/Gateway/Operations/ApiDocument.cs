using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Chitti.Gateway;

/// <summary>The OpenAPI document. It covers the API, not the pages for operators.</summary>
internal static class ApiDocument
{
    internal const string Name = "v1";

    internal static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Chitti",
                Version = Name,
                Description = "Finds defects in images of parts, judges each image by a profile, and writes reports.",
            };

            // Otherwise it would list the address of this request as the only server.
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Unknown members are allowed in responses, which may gain fields, but not in requests. Problem documents have one extra member.
            var type = context.JsonTypeInfo.Type;
            schema.AdditionalPropertiesAllowed |= !type.Name.EndsWith("Request", StringComparison.Ordinal);
            foreach (var derived in context.JsonTypeInfo.Properties.Where(property => property is { Get: not null, Set: null, ShouldSerialize: null }))
            {
                // Computed members are in every response, but the schema generator marks only settable members as required.
                (schema.Required ??= new HashSet<string>()).Add(derived.Name);
            }

            if (type.IsAssignableTo(typeof(ProblemDetails)))
            {
                schema.Properties?.TryAdd("trace_id", new OpenApiSchema { Type = JsonSchemaType.String });
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            DescribeProblems(operation);
            return Task.CompletedTask;
        });
    });

    private static void DescribeProblems(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status is "429" or "503" && response is OpenApiResponse described)
            {
                described.Headers ??= new Dictionary<string, IOpenApiHeader>();
                described.Headers["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds to wait before the next attempt.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                };
            }
        }
    }
}
