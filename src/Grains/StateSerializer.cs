using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Chitti.Grains;

/// <summary>Serializes grain state as JSON, which is readable in the database and tolerates added fields.</summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <inheritdoc />
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    /// <inheritdoc />
    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, Options)
        ?? throw new JsonException($"The stored state of type {typeof(T).Name} is null.");
}
