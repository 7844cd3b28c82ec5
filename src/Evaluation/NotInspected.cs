namespace Chitti.Evaluation;

/// <summary>A picture that is in no figure.</summary>
/// <param name="File">Its path.</param>
/// <param name="Error">Why it could not be inspected.</param>
public sealed record NotInspected(string File, string Error);
