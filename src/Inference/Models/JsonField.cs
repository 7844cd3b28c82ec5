using System.Text;
using System.Text.Json;

namespace Chitti.Inference;

/// <summary>Sets one field of a JSON object that people edit, and leaves the rest of the text as it is.</summary>
internal static class JsonField
{
    /// <param name="text">A JSON object.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">JSON of its value.</param>
    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static string Set(string text, string name, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The text is not a JSON object.");
        }

        var end = (int)reader.BytesConsumed;
        var isFirst = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isField = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            end = (int)reader.BytesConsumed;
            isFirst = false;
            if (isField)
            {
                return Join(bytes[..start], value, bytes[end..]);
            }
        }

        return Join(bytes[..end], $"{(isFirst ? "" : ",")}\n  \"{name}\": {value}", bytes[end..]);
    }

    private static string Join(byte[] before, string between, byte[] after) => Encoding.UTF8.GetString(before) + between + Encoding.UTF8.GetString(after);
}
