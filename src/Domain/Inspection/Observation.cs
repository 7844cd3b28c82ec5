namespace Chitti.Domain;

/// <summary>
/// What was seen in one image, before a profile is applied: with a profile, <see cref="VerdictRule"/> makes the judgement of it.
/// </summary>
public sealed record Observation
{
    /// <summary>What the model found from some confidence on, rounded as it is judged and recorded.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Every class name the model can find.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The image.</summary>
    public required ImageIdentity Image { get; init; }

    /// <summary>Figures of the image; null if the profile has no limit that needs them.</summary>
    public ImageQuality? Quality { get; init; }

    /// <summary>The conditions that were checked.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Number of parts in which the picture was shown to the model, besides the whole; 0 for the whole only.</summary>
    public int Tiles { get; init; }

    /// <summary>Judges it with <see cref="VerdictRule"/>.</summary>
    /// <param name="profile">A valid profile.</param>
    /// <param name="overrides">Thresholds of the call, or null.</param>
    public Judgement Judge(ComponentProfile profile, DetectionOverrides? overrides = null) =>
        VerdictRule.Judge(profile, overrides, Findings, Classes, Image, Quality, Gates);
}
