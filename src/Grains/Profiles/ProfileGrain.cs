using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Grains;

[GrainType("profile")]
internal sealed class ProfileGrain(
    [PersistentState("profile", StateStorage.Name)] IPersistentState<ProfileState> state,
    IProfileList list,
    TimeProvider time) : Grain, IProfileGrain
{
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

    private async Task<ProfileReply> AddAsync(ComponentProfile profile, bool mustExist, CancellationToken cancellationToken)
    {
        var models = (await GrainFactory.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken)).Models;
        var model = models.FirstOrDefault(known => string.Equals(known.Identity.Id, profile.ModelId, StringComparison.Ordinal));
        var errors = ProfileErrors.Find(profile, model, models.Select(known => known.Identity.Id), unread: []);
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

    // Compared as JSON, because records compare lists by reference.
    private static bool Same(ComponentProfile one, ComponentProfile other) =>
        JsonSerializer.Serialize(one, ApiJson.Options) == JsonSerializer.Serialize(other, ApiJson.Options);

    private Task UpdateListAsync(ProfileVersion newest) => list.UpsertAsync(
        new(newest.Reference.Id, newest.Reference.Version, JsonSerializer.Serialize(newest, ApiJson.Options), newest.CreatedAt),
        CancellationToken.None);
}
