using System.Text.Json;

namespace Chitti.Domain;

/// <summary>A profile in a JSON file, in the API's spelling.</summary>
public static class ProfileFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ProfileFileException">The file is not there or not a profile; the message names the field that is wrong, unknown ones too.</exception>
    public static ComponentProfile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ComponentProfile>(File.ReadAllBytes(path), ApiJson.Strict)
                ?? throw new ProfileFileException($"Profile file '{path}' holds null.");
        }
        catch (JsonException exception)
        {
            var faults = JsonFault.Describe(exception, typeof(ComponentProfile), ApiJson.Strict);
            throw new ProfileFileException(
                $"Profile file '{path}' can't be used: {string.Join("; ", faults.Select(fault => $"{fault.Key} {string.Join(", ", fault.Value)}"))}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileFileException($"Profile file '{path}' can't be read: {exception.Message}", exception);
        }
    }
}
