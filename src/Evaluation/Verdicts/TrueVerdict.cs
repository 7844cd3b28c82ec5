using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>
/// Whether a part is truly bad: whether the profile's own rule rejects it for its true defects, each found with full
/// confidence. So a defect that the profile allows, by size, number or place, does not make a part bad.
/// </summary>
internal static class TrueVerdict
{
    public static bool IsBad(TruthPicture picture, ComponentProfile profile)
    {
        var classes = profile.Criteria.Select(criterion => criterion.Class).ToList();
        var observation = new Observation
        {
            Findings = [.. picture.Boxes.Select(box => new Finding(Math.Max(0, classes.IndexOf(box.Class)), box.Class, 1, box.Box))],
            Classes = classes,
            Image = new(picture.Width, picture.Height, ""),
        };
        return observation.Judge(profile with { Image = new() }).Verdict == Verdict.Fail;
    }
}
