using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chitti.Domain;

/// <summary>
/// Says which fields of JSON that a person wrote are wrong, and what is allowed there. The serializer stops at the first
/// fault, and its message names types of this program, not the words that may be used.
/// </summary>
public static class JsonFault
{
    // So that an answer stays short, whatever was sent.
    private const int MaxFields = 100;

    /// <summary>What is wrong, by field.</summary>
    /// <param name="fault">What the serializer threw.</param>
    /// <param name="json">What it was to read.</param>
    /// <param name="type">As what.</param>
    /// <param name="options">And how.</param>
    /// <returns>1 to 100 fields, for example <c>criteria[0].severity</c>; a fault of the whole value is one of <c>body</c>.</returns>
    public static IReadOnlyDictionary<string, string[]> Describe(JsonException fault, JsonElement json, Type type, JsonSerializerOptions options)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Check(json, options.GetTypeInfo(type), "", faults);
        if (faults.Count == 0)
        {
            Add(faults, fault.Path?.TrimStart('$').TrimStart('.') ?? "", "can't be read");
        }

        return faults;
    }

    /// <summary>Says where the text is no JSON.</summary>
    public static IReadOnlyDictionary<string, string[]> NoJson(JsonException fault) => new Dictionary<string, string[]>
    {
        ["body"] = [$"is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}"],
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
                    Add(faults, field, $"is not known; there are {string.Join(", ", info.Properties.Select(known => known.Name))}");
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

            // Nullability of reference types is not known of entries: the serializer lets null through.
            if (value.ValueKind != JsonValueKind.Null || element.Type.IsValueType)
            {
                Check(value, element, $"{at}[{index}]", faults);
            }
        }
    }

    /// <summary>For what has no members: the serializer itself says.</summary>
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
