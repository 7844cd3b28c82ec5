using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chitti.Domain;

/// <summary>
/// How JSON looks in the API, in reports and on the command line: snake_case names and enumeration values, UTC times.
/// </summary>
public static class ApiJson
{
    /// <summary>For writing JSON, and for reading JSON that was written with them; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create(Configure);

    /// <summary>
    /// For reading JSON that people write: unknown fields, numbers in quotes, and null for a required value throw a
    /// <see cref="JsonException"/>. Entries of lists may still be null. Read-only.
    /// </summary>
    public static JsonSerializerOptions Strict { get; } = Create(ConfigureStrict);

    /// <summary>
    /// For reading what <see cref="JsonFault.TakeOut(JsonElement, Type, JsonSerializerOptions)"/> left: missing required members get
    /// their type's default, also where that is null. Read-only.
    /// </summary>
    public static JsonSerializerOptions Rest { get; } = Create(ConfigureRest);

    /// <summary>Configures existing options like <see cref="Options"/>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    /// <summary>Configures existing options like <see cref="Strict"/>.</summary>
    public static void ConfigureStrict(JsonSerializerOptions options)
    {
        Configure(options);

        // If a misspelt limit were ignored, parts that it should reject would pass.
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
    }

    private static void ConfigureRest(JsonSerializerOptions options)
    {
        Configure(options);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(info =>
        {
            foreach (var property in info.Properties)
            {
                property.IsRequired = false;
            }
        });
    }

    /// <summary>The API's word for an enumeration value, for example <c>pass</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonSerializerOptions Create(Action<JsonSerializerOptions> configure)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
