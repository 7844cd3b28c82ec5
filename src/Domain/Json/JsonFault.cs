using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Chitti.Domain;

/// <summary>
/// Says which field of JSON that a person wrote is wrong and what is allowed there. The serializer's own message names types of this
/// program and not the words that may be used.
/// </summary>
public static partial class JsonFault
{
    /// <summary>What is wrong, by field.</summary>
    /// <param name="fault">What the serializer threw.</param>
    /// <param name="type">What was to be read.</param>
    /// <param name="options">How it was to be read.</param>
    public static IReadOnlyDictionary<string, string[]> Describe(JsonException fault, Type type, JsonSerializerOptions options) =>
        // An inner JSON exception comes from the reader: the text itself is damaged.
        fault.InnerException is JsonException || fault.Path is null
            ? NoJson(fault)
            : Describe(fault.Path, fault.Message, options.GetTypeInfo(type));

    /// <summary>Says where the text is no JSON.</summary>
    public static IReadOnlyDictionary<string, string[]> NoJson(JsonException fault) => new Dictionary<string, string[]>
    {
        ["body"] = [$"is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}"],
    };

    private static Dictionary<string, string[]> Describe(string path, string message, JsonTypeInfo root)
    {
        var field = path.TrimStart('$').TrimStart('.');
        var (parent, found) = Find(root, field);
        if (message.IndexOf("required properties", StringComparison.Ordinal) is > 0 and var at)
        {
            var missing = Quoted().Matches(message[at..]).Select(match => match.Groups[1].Value);
            return missing.ToDictionary(name => field.Length == 0 ? name : $"{field}.{name}", string[] (_) => ["is required"]);
        }

        var allowed = found is not null
            ? Allowed(found)
            : $"is not known; there are {string.Join(", ", parent.Properties.Select(property => property.Name))}";
        return new() { [field.Length == 0 ? "body" : field] = [allowed] };
    }

    /// <summary>The type at a path such as <c>criteria[0].severity</c>; no type where the last property is unknown.</summary>
    private static (JsonTypeInfo Parent, JsonTypeInfo? Found) Find(JsonTypeInfo root, string field)
    {
        var parent = root;
        JsonTypeInfo? at = root;
        foreach (Match step in Step().Matches(field))
        {
            if (at is null)
            {
                break;
            }

            parent = at;
            var next = step.Groups["index"].Success
                ? at.ElementType
                : at.Properties.FirstOrDefault(property => property.Name == step.Groups["name"].Value)?.PropertyType;
            at = next is null ? null : root.Options.GetTypeInfo(Nullable.GetUnderlyingType(next) ?? next);
        }

        return (parent, at);
    }

    private static string Allowed(JsonTypeInfo info) => info switch
    {
        { Type.IsEnum: true } => "must be one of " + string.Join(
            ", ", Enum.GetNames(info.Type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)),
        { Kind: JsonTypeInfoKind.Enumerable } => "must be a list",
        { Kind: JsonTypeInfoKind.Object } => "must be an object",
        _ when info.Type == typeof(string) => "must be text",
        _ when info.Type == typeof(bool) => "must be true or false",
        _ when info.Type == typeof(int) => "must be a whole number",
        _ when info.Type == typeof(Guid) => "must be a UUID",
        _ when info.Type == typeof(DateOnly) => "must be a date such as 2026-01-31",
        _ when info.Type == typeof(DateTimeOffset) => "must be a time such as 2026-01-31T12:00:00Z",
        _ => "must be a number",
    };

    [GeneratedRegex(@"(?<index>\[\d+\])|(?<name>[^.\[\]]+)")]
    private static partial Regex Step();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
