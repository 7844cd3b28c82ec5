namespace Chitti.Inference;

/// <summary>
/// How pixels become the input tensor: float32 [1, 3, H, W], each value <c>pixel * Factor + Offset</c>; then, unless the
/// channels are R, G and B, as <see cref="GreyChannels"/> does it.
/// </summary>
internal sealed record InputLayout
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public ModelChannels Channels { get; init; }

    /// <summary>Index of the plane of R, G and B.</summary>
    public required int[] Planes { get; init; }

    /// <summary>Per channel: R, G, B.</summary>
    public required float[] Factor { get; init; }

    /// <summary>Per channel: R, G, B.</summary>
    public required float[] Offset { get; init; }

    /// <summary>8-bit R, G, B.</summary>
    public required float[] PaddingColour { get; init; }

    public required PaddingPlace PaddingPlace { get; init; }

    /// <summary>
    /// A family's conventions, overridden by the manifest. Ultralytics and YOLOv5: RGB, 0..1, image centred. YOLOX
    /// (arXiv:2107.08430, from release 0.1.1 on): BGR, 0..255, image at the top left. Both pad with grey 114.
    /// </summary>
    public static InputLayout For(ModelFamily family, ModelSignature signature, ModelManifest manifest)
    {
        var isYoloX = family == ModelFamily.YoloX;
        var channels = manifest.Channels ?? ModelChannels.Rgb;
        int[] planes = channels == ModelChannels.Rgb && (manifest.Bgr ?? isYoloX) ? [2, 1, 0] : [0, 1, 2];
        var scale = manifest.Scale ?? (isYoloX ? 1f : 1f / 255);
        return new InputLayout
        {
            Width = signature.InputWidth,
            Height = signature.InputHeight,
            Channels = channels,
            Planes = planes,
            Factor = [.. planes.Select(plane => scale / (manifest.Std?[plane] ?? 1))],
            Offset = [.. planes.Select(plane => -(manifest.Mean?[plane] ?? 0) / (manifest.Std?[plane] ?? 1))],
            PaddingColour = Padding([.. manifest.PaddingColour ?? [114, 114, 114]], channels),
            PaddingPlace = manifest.PaddingPlace ?? (isYoloX ? PaddingPlace.BottomRight : PaddingPlace.Center),
        };
    }

    private static float[] Padding(float[] colour, ModelChannels channels)
    {
        if (channels == ModelChannels.Rgb)
        {
            return colour;
        }

        var grey = GreyChannels.Of(colour[0], colour[1], colour[2]);
        return [grey, grey, channels == ModelChannels.Grey ? grey : GreyChannels.NoDifference];
    }
}
