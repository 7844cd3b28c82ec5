namespace Chitti.Registration;

/// <summary>How a picture may lie, and how well it must fit.</summary>
public sealed record RegistrationOptions
{
    /// <summary>The defaults.</summary>
    public static RegistrationOptions Default { get; } = new();

    /// <summary>Largest rotation away from the nearest permitted turn, in degrees, from 0 to 20.</summary>
    public double MaxRotation { get; init; } = 10;

    /// <summary>Whether the part may also lie turned by 90, 180 or 270 degrees.</summary>
    public bool QuarterTurns { get; init; } = true;

    /// <summary>
    /// Smallest size of the part in the picture, from 0.7 to 1: relative to the reference's, either in pixels or as a share of
    /// the longer side of the picture. The second permits pictures with more or fewer pixels than the reference.
    /// </summary>
    public double MinScale { get; init; } = 0.8;

    /// <summary>Largest size of the part in the picture, from 1 to 1.4; see <see cref="MinScale"/>.</summary>
    public double MaxScale { get; init; } = 1.25;

    /// <summary>Smallest share of the reference that must be inside the picture, from 0.4 to 1. The default refuses half a part.</summary>
    public double MinVisible { get; init; } = 0.55;

    /// <summary>Smallest fit, 0 to 1. The default comes from the distributions in ADR 18.</summary>
    public double MinFit { get; init; } = 0.45;

    /// <summary>Largest share of the compared pixels that may differ strongly (<see cref="Alignment.Differing"/>), 0 to 1.</summary>
    public double MaxDiffering { get; init; } = 0.05;

    /// <summary>Whether to correct a camera that looks at the part at a slight angle.</summary>
    public bool Perspective { get; init; }

    internal void Validate()
    {
        Check(MaxRotation, 0, 20, nameof(MaxRotation));
        Check(MinScale, 0.7, 1, nameof(MinScale));
        Check(MaxScale, 1, 1.4, nameof(MaxScale));
        Check(MinVisible, 0.4, 1, nameof(MinVisible));
        Check(MinFit, 0, 1, nameof(MinFit));
        Check(MaxDiffering, 0, 1, nameof(MaxDiffering));
    }

    private static void Check(double value, double from, double to, string name)
    {
        if (!(value >= from && value <= to))
        {
            throw new ArgumentOutOfRangeException(name, value, $"From {from} to {to}.");
        }
    }
}
