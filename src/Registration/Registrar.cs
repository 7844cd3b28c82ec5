using System.Globalization;

namespace Chitti.Registration;

/// <summary>
/// Aligns pictures to references of the same part. Runs on the calling thread and keeps nothing; equal input gives equal
/// results.
/// </summary>
public static class Registrar
{
    /// <summary>Most references at a time.</summary>
    public const int MaxReferences = 8;

    /// <summary>
    /// Aligns a picture to the reference that fits best. Never fails because of what the picture shows: a picture that is not
    /// this part, or not all of it, gives a refusal.
    /// </summary>
    /// <param name="picture">Made grey and turned upright in the same way as the references; it may have another size.</param>
    /// <param name="references">1 to 8; their order does not matter.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no references or too many, or an option is out of its range.</exception>
    public static RegistrationOutcome Register(
        GreyPlane picture, IReadOnlyList<PreparedReference> references, RegistrationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count is 0 or > MaxReferences)
        {
            throw new ArgumentException($"1 to {MaxReferences} references are needed, not {references.Count}.", nameof(references));
        }

        options ??= RegistrationOptions.Default;
        options.Validate();
        if (PreparedReference.IsTooSmall(picture) || references.All(reference => reference.Fault == RegistrationRefusalReason.TooSmall))
        {
            return Refuse(RegistrationRefusalReason.TooSmall, "the picture or its reference is too small to be recognised");
        }

        using var buffers = new PlaneBuffers();
        var levels = PlaneLevels.Create(picture, buffers);
        if (!PreparedReference.HasStructure(levels) || references.All(reference => reference.Fault is not null))
        {
            return Refuse(RegistrationRefusalReason.NoStructure, "the picture or its reference shows nothing that could be recognised");
        }

        return Judge(picture, Find(picture, levels, references, options), references, options);
    }

    private static Candidate? Find(GreyPlane picture, PlaneLevels levels, IReadOnlyList<PreparedReference> references, RegistrationOptions options)
    {
        var searches = references
            .Select((reference, index) => (Reference: reference, Index: index))
            .Where(one => one.Reference.Fault is null)
            .Select(one => new ReferenceSearch(one.Index, one.Reference, picture, levels, options))
            .ToArray();
        Candidate? best = null;
        foreach (var search in searches)
        {
            best = Candidate.Better(best, search.FindNear());
        }

        if (best is not { IsCertain: true })
        {
            var features = Features.Find(levels);
            foreach (var search in searches)
            {
                best = Candidate.Better(best, search.FindFar(features));
            }

            for (var i = 0; i < searches.Length && best is not { IsCertain: true }; i++)
            {
                best = Candidate.Better(best, searches[i].FindSparse());
            }
        }

        return best is null ? null : searches.First(search => search.Index == best.ReferenceIndex).Settle(best);
    }

    private static RegistrationOutcome Judge(
        GreyPlane picture, Candidate? best, IReadOnlyList<PreparedReference> references, RegistrationOptions options)
    {
        if (best is null || best.Measure.Fit < options.MinFit)
        {
            return Refuse(
                RegistrationRefusalReason.NotRecognised,
                string.Create(CultureInfo.InvariantCulture, $"its fit is {best?.Measure.Fit ?? 0:0.00}, at least {options.MinFit:0.00} needed"),
                best?.Measure.Fit ?? 0);
        }

        if (best.IsMirrored)
        {
            return Refuse(
                RegistrationRefusalReason.NotRecognised, "it fits the part's mirror image better", best.Measure.Fit);
        }

        if (best.Measure.Differing > options.MaxDiffering)
        {
            return Refuse(
                RegistrationRefusalReason.NotRecognised,
                string.Create(CultureInfo.InvariantCulture, $"{best.Measure.Differing:0 %} of it differ strongly, at most {options.MaxDiffering:0 %} permitted"),
                best.Measure.Fit);
        }

        var (reference, measure) = (references[best.ReferenceIndex].Plane, best.Measure);
        if (TransformLimits.Of(best.ToPicture, reference).FindFault(options, (double)picture.LongSide / reference.LongSide) is { } fault)
        {
            return Refuse(RegistrationRefusalReason.OutsideLimits, $"it does not lie as permitted: {fault}", measure.Fit);
        }

        if (measure.Visible < options.MinVisible)
        {
            return Refuse(
                RegistrationRefusalReason.TooLittleVisible,
                string.Create(CultureInfo.InvariantCulture, $"only {measure.Visible:0 %} of the part is in the picture, at least {options.MinVisible:0 %} needed"),
                measure.Fit);
        }

        if (best.IsAmbiguous)
        {
            return Refuse(
                RegistrationRefusalReason.Ambiguous,
                "the part repeats itself, and the picture fits it equally well in several places; show a part of it that is unique, such as its edge",
                measure.Fit);
        }

        return new(
            new(best.ReferenceIndex, best.ToPicture.Invert(), measure.Fit, measure.Visible, measure.Covered, measure.Differing), null);
    }

    private static RegistrationOutcome Refuse(RegistrationRefusalReason reason, string message, double fit = 0) =>
        new(null, new(reason, message, fit));
}
