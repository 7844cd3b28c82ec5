using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The stored form of inspections.</summary>
internal static class InspectionJson
{
    public static string Write(Inspection inspection) => JsonSerializer.Serialize(inspection, ApiJson.Options);

    /// <exception cref="JsonException">Not an inspection.</exception>
    public static Inspection Read(string document) =>
        JsonSerializer.Deserialize<Inspection>(document, ApiJson.Options) ?? throw new JsonException("The stored inspection is null.");

    /// <summary>The classes by which the file can be found.</summary>
    public static IReadOnlyList<string> Classes(Inspection inspection) => [.. inspection.Indications.Select(indication => indication.Class).Distinct()];
}
