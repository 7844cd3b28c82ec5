using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Finds the profile that a call names, or the default profile.</summary>
internal sealed class ProfileChoice(IGrainFactory grains, IProfileList profiles, IOptions<GatewayOptions> options)
{
    private const int Shown = 20;

    /// <summary>Returns the newest version of the profile, or a problem that lists the existing profiles.</summary>
    internal async Task<(ProfileVersion? Version, ProblemHttpResult? Problem)> FindAsync(string? id, CancellationToken cancellationToken)
    {
        var wanted = id ?? options.Value.DefaultProfile;
        if (ProfileId.IsValid(wanted)
            && await grains.GetGrain<IProfileGrain>(wanted).GetAsync(cancellationToken: cancellationToken) is { } version)
        {
            return (version, null);
        }

        var known = await profiles.ListAsync(null, Shown, cancellationToken);
        return (null, Problems.Invalid(
            "profile_id",
            $"there is no profile '{FieldErrors.Shorten(wanted)}'{(id is null ? ", which is the default" : "")}; "
            + $"existing profiles: {(known.Count == 0 ? "none" : string.Join(", ", known.Select(row => row.Id)))}"));
    }
}
