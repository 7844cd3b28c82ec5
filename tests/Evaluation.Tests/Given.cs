using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

/// <summary>Small profiles, truths and findings for tests.</summary>
internal static class Given
{
    public static ComponentProfile Profile(params DefectCriterion[] criteria) => new()
    {
        Name = "Board",
        ComponentType = "bare board",
        Material = Material.Pcb,
        ModelId = "pcb-defects",
        Criteria = criteria.Length == 0 ? [Criterion("open"), Criterion("short")] : criteria,
    };

    public static DefectCriterion Criterion(string name, float? review = 0.4f, float reject = 0.6f) => new()
    {
        Class = name,
        Severity = Severity.Major,
        RecordConfidence = 0.2f,
        ReviewConfidence = review,
        RejectConfidence = reject,
    };

    public static Box Box(float x, float y = 10, float side = 10) => new(x, y, side, side);

    public static Finding Finding(float confidence, float x, string name = "open") => new(name == "open" ? 0 : 1, name, confidence, Box(x));

    public static TruthBox Truth(float x, string name = "open", TruthRole role = TruthRole.Counted) => new(name, Box(x), role);

    public static EvaluatedPicture Picture(string file, IReadOnlyList<TruthBox> truths, params Finding[] findings) => new(
        new() { File = file, Width = 1000, Height = 100, Boxes = truths },
        file,
        new() { Findings = findings, Classes = ["open", "short"], Image = new(1000, 100, file) },
        null);

    /// <summary>Ratings from rows such as <c>P1 f Anna:ff Bo:fp</c>: the part, its reference, and each rater's ratings by trial.</summary>
    public static RatingsFile Ratings(params string[] rows) => new("r.csv",
    [
        .. rows.SelectMany((row, line) => row.Split(' ')[2..].SelectMany(rater => rater.Split(':')[1].Select((rating, trial) => new AgreementRating(
            row.Split(' ')[0], rater.Split(':')[0], trial + 1, RatingOf(rating), RatingOf(row.Split(' ')[1][0]), line + 2)))),
    ]);

    private static Rating RatingOf(char letter) => letter switch { 'p' => Rating.Pass, 'f' => Rating.Fail, _ => Rating.Review };

    public static EvaluationResult Evaluate(EvaluationOptions options, ComponentProfile profile, params EvaluatedPicture[] pictures) => Evaluator.Evaluate(
        "truth",
        new() { Format = TruthFormat.Coco, Notes = [], Pictures = [.. pictures.Select(picture => picture.Truth)] },
        pictures, new("pcb-defects", "PCB defects", "1", new('0', 64)), ["open", "short"],
        new() { Reference = new("board", 1), CreatedAt = DateTimeOffset.UnixEpoch, Profile = profile }, options, DateTimeOffset.UnixEpoch);
}
