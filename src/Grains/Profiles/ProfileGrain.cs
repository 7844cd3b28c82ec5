using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Grains;

[GrainType("profile")]
internal sealed class ProfileGrain(
    [PersistentState("profile", StateStorage.Name)] IPersistentState<ProfileState> state,
    IProfileList list,
    IObjectStore objects,
    TimeProvider time) : Grain, IProfileGrain
{
    private static readonly ProfileReply _conflict = new(null, new Dictionary<string, string[]>(), Conflict: true);

    public Task<ProfileReply> CreateAsync(ComponentProfile profile, CancellationToken cancellationToken) =>
        AddAsync(profile, mustExist: false, cancellationToken);

    public Task<ProfileReply> AddVersionAsync(ComponentProfile profile, CancellationToken cancellationToken) =>
        AddAsync(profile, mustExist: true, cancellationToken);

    public Task<ProfileVersion?> GetAsync(int? version, CancellationToken cancellationToken)
    {
        var versions = state.State.Versions;
        var index = (version ?? versions.Count) - 1;
        return Task.FromResult(index >= 0 && index < versions.Count ? versions[index] : null);
    }

    public async Task<ProfileReply> AddReferencesAsync(IReadOnlyList<ReferencePicture> pictures, CancellationToken cancellationToken)
    {
        if (state.State.Versions is not [.., { Profile: var profile }])
        {
            return _conflict;
        }

        var models = await ListModelsAsync(cancellationToken);
        var comparing = profile.References.Count > 0 ? null : models.FirstOrDefault(model => model.NeedsReference && model.Replaces == profile.ModelId);
        var changed = profile with
        {
            ModelId = comparing?.Identity.Id ?? profile.ModelId,
            References = [.. profile.References.Concat(pictures).DistinctBy(picture => picture.Sha256)],
        };
        return await AddAsync(changed, mustExist: true, cancellationToken);
    }

    public async Task<ProfileReply> RemoveReferenceAsync(string sha256, CancellationToken cancellationToken)
    {
        if (state.State.Versions is not [.., { Profile: var profile }] || profile.References.All(picture => picture.Sha256 != sha256))
        {
            return _conflict;
        }

        var rest = profile.References.Where(picture => picture.Sha256 != sha256).ToList();
        var model = (await ListModelsAsync(cancellationToken)).FirstOrDefault(known => known.Identity.Id == profile.ModelId);
        var changed = profile with
        {
            ModelId = rest.Count == 0 && model is { NeedsReference: true, Replaces: { } replaced } ? replaced : profile.ModelId,
            References = rest,
        };
        return await AddAsync(changed, mustExist: true, cancellationToken);
    }

    public Task<ReferencePicture?> FindReferenceAsync(string sha256, CancellationToken cancellationToken) => Task.FromResult(
        state.State.Versions.SelectMany(version => version.Profile.References).LastOrDefault(picture => picture.Sha256 == sha256));

    private async Task<ProfileReply> AddAsync(ComponentProfile profile, bool mustExist, CancellationToken cancellationToken)
    {
        var models = await ListModelsAsync(cancellationToken);
        var model = models.FirstOrDefault(known => string.Equals(known.Identity.Id, profile.ModelId, StringComparison.Ordinal));
        var errors = ProfileErrors.Find(profile, model, models.Select(known => known.Identity.Id), unread: []);
        if (errors.Count == 0)
        {
            errors = await FindMissingAsync(profile, cancellationToken);
        }

        var versions = state.State.Versions;
        var conflict = versions.Count > 0 != mustExist;
        if (versions is [.., var newest] && (conflict || (errors.Count == 0 && Same(newest.Profile, profile))))
        {
            // May be a repeated call after an outage or a crash between storing the version and listing it.
            await UpdateListAsync(newest);
            return new(conflict ? null : newest, errors, conflict);
        }

        if (errors.Count > 0 || conflict)
        {
            return new(null, errors, conflict);
        }

        var added = new ProfileVersion
        {
            Reference = new(this.GetPrimaryKeyString(), versions.Count + 1),
            CreatedAt = time.GetUtcNow(),
            Profile = profile,
        };
        state.State = new() { Versions = [.. versions, added] };
        try
        {
            await state.WriteStateAsync(CancellationToken.None);
            await UpdateListAsync(added);
        }
        catch
        {
            // The state in memory differs from the stored one, so the next call must read it again.
            DeactivateOnIdle();
            throw;
        }

        return new(added, errors, Conflict: false);
    }

    private async Task<IReadOnlyList<ModelSnapshot>> ListModelsAsync(CancellationToken cancellationToken) =>
        (await GrainFactory.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken)).Models;

    /// <summary>References whose pictures are not stored, with which nothing could be inspected.</summary>
    private async Task<IReadOnlyDictionary<string, string[]>> FindMissingAsync(ComponentProfile profile, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (index, picture) in profile.References.Index())
        {
            if (await objects.GetInfoAsync(ReferenceObjects.KeyOf(picture.Sha256), cancellationToken) is null)
            {
                faults[$"references[{index}].sha256"] = [$"no picture is stored with {picture.Sha256}; upload it to the references of a profile"];
            }
        }

        return faults;
    }

    // Compared as JSON, because records compare lists by reference.
    private static bool Same(ComponentProfile one, ComponentProfile other) =>
        JsonSerializer.Serialize(one, ApiJson.Options) == JsonSerializer.Serialize(other, ApiJson.Options);

    private Task UpdateListAsync(ProfileVersion newest) => list.UpsertAsync(
        new(newest.Reference.Id, newest.Reference.Version, JsonSerializer.Serialize(newest, ApiJson.Options), newest.CreatedAt),
        CancellationToken.None);
}
