using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>The versions of one component profile. A version never changes; a change makes a new one. Key: the profile id.</summary>
[Alias("chitti.profile-grain")]
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>Stores the first version. For an id that is taken, a conflict, and the newest version is listed if it was not.</summary>
    [Alias("create")]
    Task<ProfileReply> CreateAsync(ComponentProfile profile, CancellationToken cancellationToken = default);

    /// <summary>Adds a version to an existing profile; one that says the same as the newest is that one again.</summary>
    [Alias("add-version")]
    Task<ProfileReply> AddVersionAsync(ComponentProfile profile, CancellationToken cancellationToken = default);

    /// <summary>One version, the newest where none is named; null when there is none such.</summary>
    [Alias("get"), ReadOnly]
    Task<ProfileVersion?> GetAsync(int? version = null, CancellationToken cancellationToken = default);
}
