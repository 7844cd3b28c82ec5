using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

/// <summary>Evaluations of simulated defects, one on each picture: opens that follow a known curve, and a few shorts.</summary>
internal static class Studies
{
    public static EvaluationResult Evaluate(
        int opens = 150, int shorts = 5, double? millimetresPerPixel = null, double? pixelsPerMillimetre = null, double asymptote = 1, AgreementStudy? agreement = null) =>
        Evaluate(Pictures(opens, shorts, asymptote), millimetresPerPixel, pixelsPerMillimetre, agreement);

    public static EvaluationResult Evaluate(
        IReadOnlyList<EvaluatedPicture> pictures, double? millimetresPerPixel = null, double? pixelsPerMillimetre = null, AgreementStudy? agreement = null) => Evaluator.Evaluate(
        "truth", Truth(pictures), pictures, new("pcb-defects", "PCB defects", "1", new('0', 64)), ["open", "short", "spur"],
        new() { Reference = new("board", 1), CreatedAt = DateTimeOffset.UnixEpoch, Profile = Given.Profile() with { MillimetresPerPixel = millimetresPerPixel } },
        new() { ModelPixelsPerMillimetre = pixelsPerMillimetre }, DateTimeOffset.UnixEpoch, agreement);

    public static GroundTruth Truth(IReadOnlyList<EvaluatedPicture> pictures) =>
        new() { Format = TruthFormat.Coco, Notes = [], Pictures = [.. pictures.Select(picture => picture.Truth)] };

    public static List<EvaluatedPicture> Pictures(int opens, int shorts, double asymptote = 1) =>
    [
        .. Simulated.Targets(new Random(12), opens, asymptote).Select((target, i) => Picture($"open-{i}", "open", (float)target.Size, target.Hit)),
        .. Enumerable.Range(0, shorts).Select(i => Picture($"short-{i}", "short", 20 + i, true)),
    ];

    public static EvaluatedPicture Picture(string file, string name, float side, bool hit)
    {
        var box = new Box(10, 10, side, side);
        return Given.Picture(file, [new(name, box, TruthRole.Counted)], hit ? [new(0, name, 0.9f, box)] : []);
    }
}
