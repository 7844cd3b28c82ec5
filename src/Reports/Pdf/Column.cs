namespace Chitti.Reports;

/// <summary>A table's column: its title, which may contain a line break, and its width in points.</summary>
internal sealed record Column(string Title, float Width, bool Right = false);
