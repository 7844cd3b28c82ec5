using Chitti.Domain;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>Makes the gates of an inspection from what the engine measured.</summary>
internal static class Gates
{
    public static IReadOnlyList<Gate> Of(DetectionResult result, ModelDescription model, ReferenceRequirements requirements, string imageSha256)
    {
        var gates = new List<Gate>();
        if (result.Scale is { } scale)
        {
            gates.Add(Create(GateName.Scale, scale.Scale, scale.Limit, scale.Fault));
        }

        if (result.Training is { } training)
        {
            gates.AddRange(TrainingGates.Of(training, model.Statistics!, isRecognised: result.Reference is { Fault: null }));
        }

        if (result.Reference is not { } match)
        {
            return gates;
        }

        var isCopy = model.NeedsReference && (match.IsCopy || match.Sha256 == imageSha256);
        gates.Add(Create(
            GateName.Reference, match.Fit, requirements.MinFit,
            match.Fault is { } fault ? $"not recognised as this part: {fault}"
            : isCopy ? "the picture is a copy of the reference, and comparing it with itself finds nothing: photograph the part"
            : null));
        if (match.Fault is null)
        {
            gates.Add(Create(
                GateName.Visible, match.Visible, requirements.MinVisible,
                match.Visible < requirements.MinVisible
                    ? FormattableString.Invariant($"only {Math.Floor(match.Visible * 100):0} % of the part is in the picture, at least {requirements.MinVisible * 100:0.#} % needed")
                    : null));
        }

        return gates;
    }

    internal static Gate Create(GateName name, double value, double limit, string? fault) => new()
    {
        Name = name,
        Value = Math.Round(value, 4),
        Limit = Math.Round(limit, 4),
        Passed = fault is null,
        Reason = fault,
    };
}
