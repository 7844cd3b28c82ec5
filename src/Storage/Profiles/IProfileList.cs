namespace Chitti.Storage;

/// <summary>The newest version of each profile, for lists. The profile's grain owns the versions. Throws like <see cref="IFileStore"/>.</summary>
public interface IProfileList
{
    /// <summary>Stores a version unless a newer one is stored. When the task completes, it and all earlier writes to the database survive a power cut.</summary>
    Task UpsertAsync(ProfileRow profile, CancellationToken cancellationToken = default);

    /// <summary>Newest version of each profile, ordered by id.</summary>
    /// <param name="afterId">Only ids after this one, in ordinal order; null for all.</param>
    /// <param name="limit">Maximum number of profiles, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ProfileRow>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken = default);
}
