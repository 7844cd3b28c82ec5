using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>The two faces that reports and annotations are set in, read from font files.</summary>
public sealed class FontFaces
{
    private static readonly (string Regular, string Bold)[] Known =
    [
        ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
        ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
        ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"),
    ];

    private FontFaces(SKTypeface regular, SKTypeface bold)
    {
        Regular = regular;
        Bold = bold;
    }

    /// <summary>The upright face.</summary>
    public SKTypeface Regular { get; }

    /// <summary>The bold face; the upright one where there is no bold.</summary>
    public SKTypeface Bold { get; }

    /// <summary>Reads the faces.</summary>
    /// <param name="configuredPath">A font file that is used instead of the system's; null to search.</param>
    /// <exception cref="FileNotFoundException">There is no font to read.</exception>
    public static FontFaces Load(string? configuredPath)
    {
        if (configuredPath is not null)
        {
            var face = SKTypeface.FromFile(configuredPath)
                ?? throw new FileNotFoundException($"'{configuredPath}' is not a font that can be read.", configuredPath);
            return new(face, face);
        }
        foreach (var (regular, bold) in Known)
            if (SKTypeface.FromFile(regular) is { } face)
                return new(face, SKTypeface.FromFile(bold) ?? face);
        throw new FileNotFoundException(
            "No font was found. Install DejaVu, Liberation or Noto (Debian: fonts-dejavu-core), or set a font file.");
    }
}
