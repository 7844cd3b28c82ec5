using System.Globalization;
using Chitti.Domain;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>Makes the gates that compare a picture with those of the model's training.</summary>
internal static class TrainingGates
{
    private const string Unlike = "does not look like what the model was trained on";

    // The largest that is stored: infinity is not JSON.
    private const double MaxDistance = 1e9;

    /// <param name="training">What was measured.</param>
    /// <param name="statistics">Of the model.</param>
    /// <param name="isRecognised">
    /// Whether the picture lies on a reference. Then its own look adds nothing to what the model sees in it, and would hold good parts.
    /// </param>
    public static IEnumerable<Gate> Of(TrainingComparison training, TrainingStatistics statistics, bool isRecognised)
    {
        if (statistics.Features is { } features)
        {
            var distance = Math.Min(training.Distance ?? 0, MaxDistance);
            yield return Gates.Create(GateName.Distribution, distance, features.Limit, FaultOf(training, distance, features.Limit));
            if (isRecognised)
            {
                yield break;
            }
        }

        var picture = training.Picture;
        yield return Gates.Create(
            GateName.Appearance, picture.Value, picture.Limit, picture.Fault is { } fault ? $"{Unlike} ({fault})" : null);
    }

    private static string? FaultOf(TrainingComparison training, double distance, double limit)
    {
        if (distance > limit)
        {
            var where = training.Place is { } place ? $", most of all around {place.X}, {place.Y}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Unlike} (distance {distance:0.#}, limit {limit:0.#}{where})");
        }

        return training.IsTooNarrow
            ? "is too narrow to tell whether it looks like what the model was trained on: photograph a larger area"
            : null;
    }
}
