using Chitti.Domain;

namespace Chitti.Grains.Tests;

/// <summary>Small profiles, findings and images for tests.</summary>
internal static class Given
{
    public static ImageIdentity Image { get; } = new(1000, 500, new string('0', 64));

    public static DefectCriterion Criterion(string name = "open", Severity severity = Severity.Major) => new()
    {
        Class = name,
        Severity = severity,
        RecordConfidence = 0.2f,
        ReviewConfidence = 0.4f,
        RejectConfidence = 0.6f,
    };

    public static ComponentProfile Profile(params DefectCriterion[] criteria) => new()
    {
        Name = "Board",
        ComponentType = "bare board",
        Material = Material.Pcb,
        ModelId = "pcb-defects",
        Criteria = criteria.Length == 0 ? [Criterion()] : criteria,
    };

    /// <summary>A profile that can be stored: it names every class of the shipped model.</summary>
    public static ComponentProfile WholeProfile() => Profile() with { Ignored = [.. Ignore(TestModels.Shelf.Default.Description.Classes.Except(["open"]))] };

    public static IEnumerable<IgnoredClass> Ignore(IEnumerable<string> classes) =>
        classes.Select(name => new IgnoredClass { Class = name, Reason = "is judged at the next station" });

    public static Finding Finding(float confidence, string name = "open", float x = 100, float y = 100, float width = 20, float height = 10) =>
        new(0, name, confidence, new(x, y, width, height));

    public static Judgement Judge(ComponentProfile profile, params Finding[] findings) =>
        VerdictRule.Judge(profile, null, findings, Classes(profile), Image, null, []);

    /// <summary>The classes of a model that finds everything that a profile judges.</summary>
    public static IReadOnlyList<string> Classes(ComponentProfile profile) => [.. profile.Criteria.Select(criterion => criterion.Class)];
}
