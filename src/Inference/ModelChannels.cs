namespace Chitti.Inference;

/// <summary>What the planes of a model's input hold.</summary>
public enum ModelChannels
{
    /// <summary>Three planes: red, green, blue, or in reverse.</summary>
    Rgb,

    /// <summary>One plane: 0.299 R + 0.587 G + 0.114 B.</summary>
    Grey,

    /// <summary>
    /// Three planes, 0..1: the picture's grey levels, those of the reference in the picture's pixels, and
    /// 0.5 + 0.5 * (picture - reference).
    /// </summary>
    ImageReferenceDifference,
}
