namespace Chitti.Domain;

/// <summary>A corner of a zone.</summary>
/// <param name="X">Fraction of the image's width, 0..1.</param>
/// <param name="Y">Fraction of the image's height, 0..1.</param>
[GenerateSerializer, Immutable, Alias("chitti.zone-point")]
public sealed record ZonePoint(
    [property: Id(0)] double X,
    [property: Id(1)] double Y);
