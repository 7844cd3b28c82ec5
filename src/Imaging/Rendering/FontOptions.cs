namespace Chitti.Imaging;

/// <summary>Fonts for reports and annotated images.</summary>
public sealed class FontOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Font file or folder; null for the system's fonts, as <see cref="FontFaces.Load"/> finds them.</summary>
    public string? FontPath { get; set; }

    /// <summary>
    /// Why the configured path can't be used; null if it can, or if none is set: without fonts, everything but drawing
    /// works.
    /// </summary>
    public string? FindFault()
    {
        if (FontPath is null)
        {
            return null;
        }

        try
        {
            FontFaces.Load(FontPath).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{Section}:{nameof(FontPath)}: {exception.Message}";
        }
    }
}
