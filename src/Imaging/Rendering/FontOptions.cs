namespace Chitti.Imaging;

/// <summary>Which faces reports and annotated images are written in.</summary>
public sealed class FontOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Chitti";

    /// <summary>Font file or folder; null for what the system has, as <see cref="FontFaces.Load"/> looks for it.</summary>
    public string? FontPath { get; set; }

    /// <summary>
    /// Why the path that was set can't be used; null where it can, or none was set: a system without fonts can do all but draw.
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
