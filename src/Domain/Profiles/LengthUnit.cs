namespace Chitti.Domain;

/// <summary>Unit of a size limit.</summary>
[GenerateSerializer, Alias("chitti.length-unit")]
public enum LengthUnit
{
    /// <summary>Pixels of the original.</summary>
    Pixel = 0,

    /// <summary>Millimetres.</summary>
    Millimetre = 1,
}
