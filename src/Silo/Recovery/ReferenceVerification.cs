using System.Text.Json;
using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>Checks the pictures of references: each must have the hash that it is stored under, and each that a profile names must exist.</summary>
internal sealed class ReferenceVerification(IObjectStore objects, IProfileList profiles)
{
    private const int PageSize = 100;

    public int References { get; private set; }

    /// <summary>Verifies everything, and returns a line for each fault.</summary>
    /// <exception cref="OutageException">The database or the object store is unavailable.</exception>
    public async IAsyncEnumerable<string> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stored = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var found in objects.ListAsync(ReferenceObjects.Prefix, cancellationToken))
        {
            stored.Add(found.Key);
            if (await FindFaultAsync(found, cancellationToken) is { } fault)
            {
                yield return fault;
            }
        }

        References = stored.Count;
        string? after = null;
        while (await profiles.ListAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var (row, picture) in page.SelectMany(row => ReferencesOf(row).Select(picture => (row, picture))))
            {
                if (!stored.Contains(ReferenceObjects.KeyOf(picture.Sha256)))
                {
                    yield return $"MISSING   {ReferenceObjects.KeyOf(picture.Sha256)} ({picture.Name}): a reference of profile '{row.Id}' does not exist";
                }
            }

            after = page[^1].Id;
        }
    }

    private static IReadOnlyList<ReferencePicture> ReferencesOf(ProfileRow row) =>
        JsonSerializer.Deserialize<ProfileVersion>(row.Document, ApiJson.Options)!.Profile.References;

    private async Task<string?> FindFaultAsync(ObjectInfo found, CancellationToken cancellationToken)
    {
        try
        {
            using var bytes = await objects.ReadAllAsync(found.Key, found.Key[ReferenceObjects.Prefix.Length..], cancellationToken);
            return null;
        }
        catch (AlteredObjectException)
        {
            return $"ALTERED   {found.Key}: the bytes do not have the SHA-256 that they are stored under";
        }
        catch (InvalidDataException exception)
        {
            return $"UNREADABLE {found.Key}: {exception.Message}";
        }
    }
}
