namespace Chitti.Domain;

/// <summary>Where a detector's time for one image went, in milliseconds.</summary>
/// <param name="QueueMs">Waiting for a free session.</param>
/// <param name="DecodeMs">Encoded bytes to oriented pixels.</param>
/// <param name="PreprocessMs">Pixels to the input tensor.</param>
/// <param name="InferenceMs">The model's run.</param>
/// <param name="PostprocessMs">Output tensor to boxes in original pixels.</param>
/// <param name="TotalMs">From the detector's acceptance of the image to its answer.</param>
[GenerateSerializer, Immutable, Alias("chitti.inspection-timing")]
public sealed record InspectionTiming(
    [property: Id(0)] double QueueMs,
    [property: Id(1)] double DecodeMs,
    [property: Id(2)] double PreprocessMs,
    [property: Id(3)] double InferenceMs,
    [property: Id(4)] double PostprocessMs,
    [property: Id(5)] double TotalMs)
{
    /// <summary>As it is recorded: rounded to microseconds.</summary>
    public InspectionTiming Rounded() => new(
        Microseconds(QueueMs), Microseconds(DecodeMs), Microseconds(PreprocessMs),
        Microseconds(InferenceMs), Microseconds(PostprocessMs), Microseconds(TotalMs));

    private static double Microseconds(double milliseconds) => Math.Round(milliseconds, 3);
}
