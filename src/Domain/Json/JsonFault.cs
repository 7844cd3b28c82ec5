using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chitti.Domain;

/// <summary>
/// Describes the faults in JSON that a person wrote: which fields, and what is allowed there. The serializer stops at the
/// first fault, and its message names .NET types, not the words that are allowed.
/// </summary>
public static class JsonFault
{
    // Keeps an answer short, whatever was sent.
    private const int MaxFields = 100;

    /// <summary>The faults, by field.</summary>
    /// <param name="error">What the serializer threw.</param>
    /// <param name="json">The JSON that it was reading.</param>
    /// <param name="type">The type to read it as.</param>
    /// <param name="options">The options to read it with.</param>
    /// <returns>1 to 100 fields, for example <c>criteria[0].severity</c>; a fault of the whole value is listed under <c>body</c>.</returns>
    public static IReadOnlyDictionary<string, string[]> Describe(JsonException error, JsonElement json, Type type, JsonSerializerOptions options)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Check(json, options.GetTypeInfo(type), "", faults);
        if (faults.Count == 0)
        {
            Add(faults, error.Path?.TrimStart('$').TrimStart('.') ?? "", "can't be read");
        }

        return faults;
    }

    /// <summary>
    /// What is left without faulty and unknown members, so that the rest can be validated; a faulty entry of a list is null.
    /// </summary>
    /// <returns>Null if the whole value is faulty.</returns>
    public static JsonNode? TakeOut(JsonElement json, Type type, JsonSerializerOptions options) => TakeOut(json, options.GetTypeInfo(type));

    /// <summary>Says where the text stops being JSON.</summary>
    public static IReadOnlyDictionary<string, string[]> NoJson(JsonException error) => new Dictionary<string, string[]>
    {
        ["body"] = [$"is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"],
    };

    private static void Check(JsonElement json, JsonTypeInfo info, string at, Dictionary<string, string[]> faults)
    {
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when json.ValueKind == JsonValueKind.Object:
                CheckObject(json, info, at, faults);
                break;
            case JsonTypeInfoKind.Enumerable when json.ValueKind == JsonValueKind.Array:
                CheckList(json, info.Options.GetTypeInfo(info.ElementType!), at, faults);
                break;
            case JsonTypeInfoKind.None when CanRead(json, info):
                break;
            default:
                Add(faults, at, Allowed(info));
                break;
        }
    }

    private static void CheckObject(JsonElement json, JsonTypeInfo info, string at, Dictionary<string, string[]> faults)
    {
        var missing = info.Properties.Where(property => property.IsRequired).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (faults.Count == MaxFields)
            {
                return;
            }

            missing.Remove(member.Name);
            var field = at.Length == 0 ? member.Name : $"{at}.{member.Name}";
            if (info.Properties.FirstOrDefault(property => property.Name == member.Name) is not { } property)
            {
                if ((info.UnmappedMemberHandling ?? info.Options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow)
                {
                    Add(faults, field, $"is unknown; known fields are {string.Join(", ", info.Properties.Select(known => known.Name))}");
                }
            }
            else if (member.Value.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
            {
                Check(member.Value, info.Options.GetTypeInfo(property.PropertyType), field, faults);
            }
        }

        foreach (var name in info.Properties.Select(property => property.Name).Where(missing.Contains))
        {
            Add(faults, at.Length == 0 ? name : $"{at}.{name}", "is required");
        }
    }

    private static void CheckList(JsonElement json, JsonTypeInfo element, string at, Dictionary<string, string[]> faults)
    {
        foreach (var (index, value) in json.EnumerateArray().Index())
        {
            if (faults.Count == MaxFields)
            {
                return;
            }

            // The serializer does not know whether entries are nullable and lets null through.
            if (value.ValueKind != JsonValueKind.Null || element.Type.IsValueType)
            {
                Check(value, element, $"{at}[{index}]", faults);
            }
        }
    }

    private static JsonNode? TakeOut(JsonElement json, JsonTypeInfo info)
    {
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when json.ValueKind == JsonValueKind.Object:
                var rest = new JsonObject();
                foreach (var property in info.Properties)
                {
                    if (json.TryGetProperty(property.Name, out var member)
                        && TakeOut(member, info.Options.GetTypeInfo(property.PropertyType)) is { } left)
                    {
                        rest[property.Name] = left;
                    }
                }

                return rest;
            case JsonTypeInfoKind.Enumerable when json.ValueKind == JsonValueKind.Array:
                var element = info.Options.GetTypeInfo(info.ElementType!);
                return new JsonArray([.. json.EnumerateArray().Select(entry => TakeOut(entry, element))]);
            default:
                return info.Kind == JsonTypeInfoKind.None && CanRead(json, info) ? json.Deserialize<JsonNode>() : null;
        }
    }

    /// <summary>For values without members: asks the serializer.</summary>
    private static bool CanRead(JsonElement json, JsonTypeInfo info)
    {
        try
        {
            return json.Deserialize(info) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Add(Dictionary<string, string[]> faults, string at, string fault)
    {
        if (faults.Count < MaxFields)
        {
            faults.TryAdd(at.Length == 0 ? "body" : at, [fault]);
        }
    }

    private static string Allowed(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "must be a list",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "must be an object",
            _ when type.IsEnum => "must be one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)),
            _ when type == typeof(string) => "must be text",
            _ when type == typeof(bool) => "must be true or false",
            _ when type == typeof(int) => "must be a whole number",
            _ when type == typeof(Guid) => "must be a UUID",
            _ when type == typeof(DateOnly) => "must be a date such as 2026-01-31",
            _ when type == typeof(DateTimeOffset) => "must be a time such as 2026-01-31T12:00:00Z",
            _ => "must be a number",
        };
    }
}
