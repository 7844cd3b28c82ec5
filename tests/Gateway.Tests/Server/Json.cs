using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Reads JSON responses.</summary>
internal static class Json
{
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static async Task<JsonElement[]> ItemsAsync(HttpResponseMessage response) => Items(await ReadAsync(response));

    public static JsonElement[] Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    public static string? Text(this JsonElement json, string property) => json.GetProperty(property).GetString();

    public static Guid Id(this JsonElement json) => json.GetProperty("id").GetGuid();
}
