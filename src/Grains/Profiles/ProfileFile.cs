using System.Text.Json;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>A profile in a JSON file, in the API's spelling.</summary>
public static class ProfileFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ProfileFileException">The file is not there or not a profile.</exception>
    public static ComponentProfile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ComponentProfile>(File.ReadAllBytes(path), ApiJson.Options)
                ?? throw new ProfileFileException($"Profile file '{path}' holds null.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ProfileFileException($"Profile file '{path}' can't be read: {exception.Message}", exception);
        }
    }
}
