using System.Text.Json.Serialization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>A profile version by which files of a report were judged.</summary>
/// <param name="Id">The profile's id.</param>
/// <param name="Version">From 1.</param>
/// <param name="Profile">Its content; null if that is no longer available.</param>
internal sealed record UsedProfile(string Id, int Version, ComponentProfile? Profile)
{
    /// <summary>The references of the files that it judged; in a report of stored files, those of the profile.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReferencePicture> References { get; init; } = [];

    /// <summary>Each version once, in the order of first use.</summary>
    public static IReadOnlyList<UsedProfile> DistinctOf(IEnumerable<ReportItem> items) =>
        [.. items
            .Where(i => i.Inspection is not null)
            .GroupBy(i => i.Inspection!.Profile)
            .Select(g => new UsedProfile(g.Key.Id, g.Key.Version, g.Select(i => i.Profile).FirstOrDefault(p => p is not null))
            {
                References = [.. g.SelectMany(item => item.Profile?.References ?? []).DistinctBy(picture => picture.Sha256)],
            })];
}
