using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>One true defect.</summary>
/// <param name="Class">Name of its class.</param>
/// <param name="Box">Where, in pixels of the upright picture.</param>
/// <param name="Role">How it counts.</param>
public sealed record TruthBox(string Class, Box Box, TruthRole Role = TruthRole.Counted);
