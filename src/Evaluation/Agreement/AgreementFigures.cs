namespace Chitti.Evaluation;

/// <summary>The agreement of the model's verdicts with inspectors' ratings of the same pictures.</summary>
public sealed record AgreementFigures
{
    /// <summary>File of the ratings, as given.</summary>
    public required string Path { get; init; }

    /// <summary>The inspectors, by name.</summary>
    public required IReadOnlyList<string> Inspectors { get; init; }

    /// <summary>
    /// The figures, with the model as the rater <c>model</c>; null if no part was both rated and evaluated. It gave one verdict on
    /// each part, which stands for all trials.
    /// </summary>
    public required AgreementResult? Result { get; init; }

    /// <summary>Why there are no figures; null if there are.</summary>
    public required string? Reason { get; init; }

    /// <summary>Fleiss' kappa of the inspectors without the model, on the same parts.</summary>
    public required AgreementKappa InspectorsKappa { get; init; }

    /// <summary>The parts that are in the figures.</summary>
    public required IReadOnlyList<AgreementPart> Parts { get; init; }

    /// <summary>Rated parts that have no verdict.</summary>
    public required IReadOnlyList<NotEvaluatedPart> NotEvaluated { get; init; }

    /// <summary>Paths of evaluated pictures that nobody rated.</summary>
    public required IReadOnlyList<string> NotRated { get; init; }
}
