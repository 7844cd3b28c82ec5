using System.Text.Json;

namespace Chitti.Domain;

/// <summary>A profile in JSON that a person wrote, with the API's field names.</summary>
public static class ProfileFile
{
    /// <summary>Reads a profile from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">Checks the profile, or what could be read of it.</param>
    /// <exception cref="ProfileFileException">
    /// The file is missing or not a valid profile; the message names every field with a fault, including unknown ones.
    /// </exception>
    public static ComponentProfile Read(string path, ProfileCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var profile = Read(path, json.RootElement, check);
            return check(profile, []) is { Count: > 0 } faults ? throw Unusable(path, faults, null) : profile;
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

    /// <summary>Adds the faults of what could be read to those of the JSON, so that a person sees all of them at once.</summary>
    /// <param name="faults">The faults of the JSON, by field.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="check">Checks what could be read.</param>
    public static IReadOnlyDictionary<string, string[]> AddFaultsOfRest(
        IReadOnlyDictionary<string, string[]> faults, JsonElement json, ProfileCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (JsonFault.TakeOut(json, typeof(ComponentProfile), ApiJson.Strict).Deserialize<ComponentProfile>(ApiJson.Rest) is not { } rest)
        {
            return faults;
        }

        // Null if the JSON does not have it.
        rest = rest with { Criteria = rest.Criteria ?? [] };
        var all = faults.ToDictionary(StringComparer.Ordinal);
        foreach (var (field, messages) in check(rest, [.. faults.Keys]))
        {
            all.TryAdd(field, messages);
        }

        return all;
    }

    private static ComponentProfile Read(string path, JsonElement json, ProfileCheck check)
    {
        try
        {
            return json.Deserialize<ComponentProfile>(ApiJson.Strict)
                ?? throw new ProfileFileException($"Profile file '{path}' contains null.");
        }
        catch (JsonException exception)
        {
            var faults = JsonFault.Describe(exception, json, typeof(ComponentProfile), ApiJson.Strict);
            throw Unusable(path, AddFaultsOfRest(faults, json, check), exception);
        }
    }

    private static ProfileFileException Unusable(string path, IReadOnlyDictionary<string, string[]> faults, Exception? inner) => new(
        $"Profile file '{path}' can't be used: {string.Join("; ", faults.Select(fault => $"{fault.Key} {string.Join(", ", fault.Value)}"))}.", inner);
}
