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

    /// <summary>One version, by default the newest; null when it does not exist.</summary>
    [Alias("get"), ReadOnly]
    Task<ProfileVersion?> GetAsync(int? version = null, CancellationToken cancellationToken = default);
}
