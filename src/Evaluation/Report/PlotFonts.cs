using Chitti.Imaging;
using ScottPlot;
using SkiaSharp;

namespace Chitti.Evaluation;

/// <summary>Gives the plots the fonts of the report: without them the plotting library looks for fonts of the system, and there are none.</summary>
internal sealed class PlotFonts : IFontResolver
{
    private const string Family = "Chitti";
    private static readonly Lock _gate = new();

    private readonly SKData _regular;
    private readonly SKData _bold;

    private PlotFonts(FontFaces fonts) => (_regular, _bold) = (Copy(fonts.Regular), Copy(fonts.Bold));

    /// <summary>From the first call on, for the whole process: the library keeps its fonts in static fields.</summary>
    public static void Use(FontFaces fonts)
    {
        lock (_gate)
        {
            if (Fonts.Default != Family)
            {
                Fonts.FontResolvers.Insert(0, new PlotFonts(fonts));
                Fonts.Default = Family;
            }
        }
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant == FontSlant.Italic);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => SKTypeface.FromData(bold ? _bold : _regular);

    // The library keeps what it is given, longer than the faces live.
    private static SKData Copy(SKTypeface face)
    {
        using var stream = face.OpenStream();
        var bytes = new byte[stream.Length];
        stream.Read(bytes, bytes.Length);
        return SKData.CreateCopy(bytes);
    }
}
