namespace Chitti.Domain;

/// <summary>One box from a detector, before any profile is applied.</summary>
/// <param name="ClassId">Index of the class in the model's class list.</param>
/// <param name="Class">Name of the class.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Box">Where, in pixels of the original.</param>
[GenerateSerializer, Immutable, Alias("chitti.finding")]
public sealed record Finding(
    [property: Id(0)] int ClassId,
    [property: Id(1)] string Class,
    [property: Id(2)] float Confidence,
    [property: Id(3)] Box Box)
{
    /// <summary>As it is judged and recorded: the confidence to four decimals, the box to hundredths of a pixel.</summary>
    public Finding Rounded() => this with { Confidence = RoundConfidence(Confidence), Box = Box.Rounded() };

    internal static float RoundConfidence(float confidence) => (float)Math.Round(confidence, 4);
}
