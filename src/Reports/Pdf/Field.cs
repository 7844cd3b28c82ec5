namespace Chitti.Reports;

/// <summary>A stated fact; a null value is not stated.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">What it says.</param>
/// <param name="Wide">True to give it the whole width.</param>
internal sealed record Field(string Label, string? Value, bool Wide = false);
