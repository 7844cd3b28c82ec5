using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>The verdict on one picture, and the truth.</summary>
/// <param name="File">Its path.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Defects">Number of its true defects.</param>
/// <param name="IsBad">Whether the profile rejects the part for its true defects.</param>
/// <param name="Verdict">As <c>inspect</c> gives it.</param>
/// <param name="Reason">The rule that decided it.</param>
/// <param name="Outcome">How the two compare.</param>
public sealed record PictureOutcome(string File, string Sha256, int Defects, bool IsBad, Verdict Verdict, string Reason, PartOutcome Outcome)
{
    internal static PartOutcome Compare(bool isBad, Verdict verdict) => (isBad, verdict) switch
    {
        (false, Verdict.Pass) => PartOutcome.GoodPasses,
        (false, Verdict.Review) => PartOutcome.GoodReviewed,
        (false, _) => PartOutcome.GoodFails,
        (true, Verdict.Pass) => PartOutcome.BadPasses,
        (true, Verdict.Review) => PartOutcome.BadReviewed,
        (true, _) => PartOutcome.BadFails,
    };
}
