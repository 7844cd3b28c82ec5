namespace Chitti.Gateway;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDocument
{
    internal static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1");
}
