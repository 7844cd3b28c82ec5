namespace Chitti.Domain;

/// <summary>The result of the verdict rule for the findings of one image.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The rule that decided, for people.</param>
/// <param name="DecidedBy">Number of the deciding indication, or null.</param>
/// <param name="Indications">Every recorded indication, most confident first, numbered from 1.</param>
public sealed record Judgement(Verdict Verdict, string Reason, int? DecidedBy, IReadOnlyList<Indication> Indications);
