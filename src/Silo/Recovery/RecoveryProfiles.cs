using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>The profile versions that recovered files may use.</summary>
/// <param name="newest">Latest version by profile id.</param>
/// <param name="defaultId">Profile of files without metadata.</param>
internal sealed class RecoveryProfiles(IReadOnlyDictionary<string, int> newest, string defaultId)
{
    private const int PageSize = 500;

    public ProfileReference Default => new(defaultId, newest.GetValueOrDefault(defaultId, 1));

    public bool Has(ProfileReference profile) => newest.TryGetValue(profile.Id, out var version) && profile.Version >= 1 && profile.Version <= version;

    /// <param name="profiles">The profiles in the database.</param>
    /// <param name="shipped">Profiles that the next start stores as version 1 if they do not exist.</param>
    /// <param name="defaultId">Profile of files without metadata.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RecoveryProfiles> ReadAsync(
        IProfileList profiles, IEnumerable<string> shipped, string defaultId, CancellationToken cancellationToken)
    {
        var newest = shipped.ToDictionary(id => id, _ => 1, StringComparer.Ordinal);
        for (IReadOnlyList<ProfileRow> page = []; ;)
        {
            page = await profiles.ListAsync(page.Count > 0 ? page[^1].Id : null, PageSize, cancellationToken);
            if (page.Count == 0)
            {
                return new(newest, defaultId);
            }

            foreach (var row in page)
            {
                newest[row.Id] = row.Version;
            }
        }
    }
}
