namespace Chitti.Storage;

/// <summary>The newest version of each profile, for lists; the profile's grain owns its versions. Throws as <see cref="IFileStore"/>.</summary>
public interface IProfileList
{
    /// <summary>Stores a profile's version unless a newer one is stored. When the task ends, it and what was written to the database before survive a power cut.</summary>
    Task UpsertAsync(ProfileRow profile, CancellationToken cancellationToken = default);

    /// <summary>Newest version of each profile, by id.</summary>
    /// <param name="afterId">Only ids after this one, in ordinal order; null for all.</param>
    /// <param name="limit">How many at most, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ProfileRow>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken = default);
}
