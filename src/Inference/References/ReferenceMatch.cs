using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>How a picture lies on the reference that fits best.</summary>
public sealed record ReferenceMatch
{
    /// <summary>Why the picture was not recognised, in words; null if it was.</summary>
    public string? Fault { get; init; }

    /// <summary>Hash of the reference; null if the picture was not recognised.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How well they agree, 0..1; see <see cref="Alignment.Fit"/>. The best that was found if the picture was not recognised.</summary>
    public required double Fit { get; init; }

    /// <summary>Share of the reference that is inside the picture, 0..1; 0 if the picture was not recognised.</summary>
    public double Visible { get; init; }

    /// <summary>Maps pixels of the picture, after EXIF orientation, to those of the reference; null if the picture was not recognised.</summary>
    public PlaneTransform? PictureToReference { get; init; }

    /// <summary>Whether the model compared the two and found no difference in any pixel: then one is a copy of the other.</summary>
    public bool IsCopy { get; init; }
}
