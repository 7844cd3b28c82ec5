namespace Chitti.Evaluation;

/// <summary>One class by the rules of the DeepPCB benchmark.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Truths">Its defects.</param>
/// <param name="Ap">Its average precision, 0..1; null without defects.</param>
public sealed record DeepPcbClass(string Class, int Truths, double? Ap);
