using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Colours that stay distinct in greyscale print; nothing is conveyed by colour alone.</summary>
internal static class Palette
{
    public static readonly SKColor Ink = new(0x1B, 0x1F, 0x24);
    public static readonly SKColor Muted = new(0x57, 0x60, 0x6A);
    public static readonly SKColor Rule = new(0xC4, 0xCB, 0xD3);
    public static readonly SKColor Band = new(0xEF, 0xF2, 0xF5);
    public static readonly SKColor Paper = SKColors.White;
    public static readonly SKColor Link = new(0x0B, 0x4F, 0x9C);
    public static readonly SKColor Unread = new(0x4B, 0x52, 0x5A);

    public static SKColor Of(Severity? severity) => severity switch
    {
        Severity.Critical => new(0xB7, 0x1C, 0x1C),
        Severity.Major => new(0xC6, 0x5A, 0x00),
        Severity.Minor => new(0x15, 0x5F, 0xB0),
        _ => Unread,
    };

    public static SKColor Of(Verdict? verdict) => verdict switch
    {
        Verdict.Pass => new(0x1A, 0x6E, 0x35),
        Verdict.Fail => new(0xA9, 0x17, 0x17),
        Verdict.Review => new(0x8A, 0x5A, 0x00),
        _ => Unread,
    };
}
