namespace Chitti.Inference;

/// <summary>The manifest's field <c>statistics</c>.</summary>
/// <param name="File">Name of the file beside the manifest.</param>
/// <param name="Sha256">What it must hash to, lower-case hexadecimal.</param>
internal sealed record StatisticsEntry(string File, string Sha256);
