namespace Chitti.Evaluation;

/// <summary>A part that was rated and evaluated.</summary>
/// <param name="Part">Its name in the ratings.</param>
/// <param name="File">Path of its picture.</param>
/// <param name="Reference">What is true of it: pass or fail.</param>
/// <param name="Model">The model's verdict.</param>
/// <param name="Pass">Inspectors' ratings, over all trials, that pass it.</param>
/// <param name="Fail">Those that fail it.</param>
/// <param name="Review">Those that send it to review.</param>
public sealed record AgreementPart(string Part, string File, Rating Reference, Rating Model, int Pass, int Fail, int Review);
