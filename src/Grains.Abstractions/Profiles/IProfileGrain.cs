using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The versions of one component profile. A version never changes; a change makes a new one. Key: the profile id.</summary>
[Alias("chitti.profile-grain")]
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>Stores the first version. If the profile exists, the reply is a conflict; its newest version is added to the list in case that is missing.</summary>
    [Alias("create")]
    Task<ProfileReply> CreateAsync(ComponentProfile profile, CancellationToken cancellationToken = default);

    /// <summary>Adds a version to an existing profile. If it equals the newest version, that one is returned.</summary>
    [Alias("add-version")]
    Task<ProfileReply> AddVersionAsync(ComponentProfile profile, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a version with more references; those that it has are left out. With the first, the profile takes the model that
    /// compares in place of its own, if there is one. The pictures must be stored.
    /// </summary>
    [Alias("add-references")]
    Task<ProfileReply> AddReferencesAsync(IReadOnlyList<ReferencePicture> pictures, CancellationToken cancellationToken = default);

    /// <summary>Adds a version without a reference. Without the last, the profile takes the model back that the comparing one replaced.</summary>
    /// <returns>A conflict when the newest version does not have it.</returns>
    [Alias("remove-reference")]
    Task<ProfileReply> RemoveReferenceAsync(string sha256, CancellationToken cancellationToken = default);

    /// <summary>A reference of any version; null when no version has it.</summary>
    [Alias("find-reference"), ReadOnly]
    Task<ReferencePicture?> FindReferenceAsync(string sha256, CancellationToken cancellationToken = default);

    /// <summary>One version, by default the newest; null when it does not exist.</summary>
    [Alias("get"), ReadOnly]
    Task<ProfileVersion?> GetAsync(int? version = null, CancellationToken cancellationToken = default);
}
