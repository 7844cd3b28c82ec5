namespace Chitti.Imaging;

/// <summary>What a format's parser found: the sides as stored, before orientation, or a fault.</summary>
internal readonly record struct ParsedHeader(long Width, long Height, int Orientation = 1, string? Fault = null)
{
    /// <summary>Most bytes that the codec holds in addition to the pixels it writes (see ADR 16).</summary>
    public long CodecBytes { get; init; }

    public ImageFaultKind FaultKind { get; private init; }

    public static ParsedHeader Damaged(string fault) => new(0, 0, 1, fault) { FaultKind = ImageFaultKind.Unreadable };

    /// <param name="which">What the pictures are, as in "pages".</param>
    public static ParsedHeader ManyPictures(string which) =>
        new(0, 0, 1, $"The file holds several pictures ({which}); send one picture per file.") { FaultKind = ImageFaultKind.ManyPictures };
}
