using System.Text.Json;

namespace Chitti.Domain;

/// <summary>A profile in a JSON file, with the API's field names.</summary>
public static class ProfileFile
{
    /// <summary>Reads a profile.</summary>
    /// <exception cref="ProfileFileException">
    /// The file is missing or not a profile; the message names every field with a fault, including unknown ones.
    /// </exception>
    public static ComponentProfile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(path, json);
        }
        catch (JsonException exception)
        {
            throw Unusable(path, JsonFault.NoJson(exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileFileException($"Profile file '{path}' can't be read: {exception.Message}", exception);
        }
    }

    private static ComponentProfile Read(string path, JsonDocument json)
    {
        try
        {
            return json.Deserialize<ComponentProfile>(ApiJson.Strict)
                ?? throw new ProfileFileException($"Profile file '{path}' contains null.");
        }
        catch (JsonException exception)
        {
            throw Unusable(path, JsonFault.Describe(exception, json.RootElement, typeof(ComponentProfile), ApiJson.Strict), exception);
        }
    }

    private static ProfileFileException Unusable(string path, IReadOnlyDictionary<string, string[]> faults, JsonException inner) => new(
        $"Profile file '{path}' can't be used: {string.Join("; ", faults.Select(fault => $"{fault.Key} {string.Join(", ", fault.Value)}"))}.", inner);
}
