using Chitti.Inference;

namespace Chitti.Standalone;

/// <summary>What the model saw in one picture.</summary>
/// <param name="File">Path as given or found.</param>
/// <param name="Parts">The whole, or each tile; empty with an error.</param>
/// <param name="Error">Why the picture can't be used; null if it can.</param>
internal sealed record SeenPicture(string File, IReadOnlyList<LookedAt> Parts, string? Error);
