namespace Chitti.Imaging;

/// <summary>Checks that fonts are available. Without them, everything but drawing works.</summary>
public static class FontFault
{
    /// <summary>What is missing and how to get it; null when the fonts are loaded.</summary>
    public static string? FindFault(this Lazy<FontFaces> fonts)
    {
        try
        {
            _ = fonts.Value;
            return null;
        }
        catch (FileNotFoundException exception)
        {
            return exception.Message;
        }
    }
}
