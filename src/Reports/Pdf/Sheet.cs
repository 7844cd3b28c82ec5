namespace Chitti.Reports;

/// <summary>A4 portrait in points, and where content goes on it.</summary>
internal static class Sheet
{
    public const float Width = 595.28f;
    public const float Height = 841.89f;
    public const float Left = 42;
    public const float Right = Width - 42;
    public const float Top = 62;
    public const float Bottom = Height - 54;
    public const float ContentWidth = Right - Left;
    public const float ContentHeight = Bottom - Top;
}
