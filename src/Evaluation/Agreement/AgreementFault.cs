namespace Chitti.Evaluation;

/// <summary>A fault in a file of ratings.</summary>
/// <param name="Line">The line, from 1; null if the fault is not in one line.</param>
/// <param name="Column">The column; null if the fault is not in one column.</param>
/// <param name="Value">What is there; null if the fault is not one value.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record AgreementFault(long? Line, string? Column, string? Value, string Message);
