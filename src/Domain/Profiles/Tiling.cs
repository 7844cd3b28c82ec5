using System.Globalization;

namespace Chitti.Domain;

/// <summary>Whether a picture is inspected in parts.</summary>
/// <param name="Columns">Number of parts from left to right; 0 to choose the number by the scale.</param>
/// <param name="Rows">Number of parts from top to bottom; 0 with <paramref name="Columns"/>.</param>
public sealed record Tiling(int Columns, int Rows)
{
    /// <summary>Most parts of one picture.</summary>
    public const int MaxTiles = 64;

    /// <summary>As many parts as it takes to show the picture at a permitted scale; one if it is at such a scale as a whole.</summary>
    public static Tiling Auto { get; } = new(0, 0);

    /// <summary>The picture as a whole only.</summary>
    public static Tiling Off { get; } = new(1, 1);

    /// <summary>What is allowed, to follow the name of a field.</summary>
    public static string Rule { get; } = string.Create(
        CultureInfo.InvariantCulture, $"auto, off, or columns and rows such as 4x3, together at most {MaxTiles}, is allowed");

    /// <summary>Reads <c>auto</c>, <c>off</c>, or a number of columns and rows such as <c>4x3</c>, at most <see cref="MaxTiles"/>; null for anything else.</summary>
    public static Tiling? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "auto" => Auto,
            "off" => Off,
            _ => text.Split('x') is [var columns, var rows] && Number(columns) is { } across && Number(rows) is { } down && across * down <= MaxTiles
                ? new(across, down)
                : null,
        };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxTiles ? number : null;
}
