using Microsoft.AspNetCore.Http.Metadata;

namespace Chitti.Gateway;

/// <summary>Refuses calls with query parameters that do not exist or are repeated: ignored, they would change nothing, and nobody would notice.</summary>
internal static class QueryRules
{
    /// <summary>Marks the endpoints of a group, so that <see cref="UseQueryRules"/> checks their calls.</summary>
    internal static void RefuseUnknownQuery(this IEndpointConventionBuilder group) =>
        group.Finally(endpoint => endpoint.Metadata.Add(new KnownParameters(
            [.. endpoint.Metadata.OfType<IParameterBindingMetadata>().Select(NameOf).OfType<string>()])));

    internal static IApplicationBuilder UseQueryRules(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is not { } known)
        {
            return next(context);
        }

        var errors = new FieldErrors();
        foreach (var (name, values) in context.Request.Query)
        {
            errors.Check(known.Names.Contains(name, StringComparer.OrdinalIgnoreCase), FieldErrors.Shorten(name), known.Rule);
            errors.Check(values.Count <= 1, FieldErrors.Shorten(name), $"is given {values.Count} times; once is allowed");
        }

        return errors.ToProblem() is { } problem ? problem.ExecuteAsync(context) : next(context);
    });

    /// <summary>The name in the query of a bound parameter; null if it is bound from elsewhere.</summary>
    internal static string? NameOf(IParameterBindingMetadata parameter) => parameter.ParameterInfo
        .GetCustomAttributes(inherit: false).OfType<IFromQueryMetadata>().FirstOrDefault() is { } query ? query.Name ?? parameter.Name : null;

    private sealed record KnownParameters(IReadOnlyList<string> Names)
    {
        internal string Rule { get; } = Names.Count == 0
            ? "is not a parameter of this call, which has none"
            : $"is not a parameter of this call, which has: {string.Join(", ", Names)}";
    }
}
