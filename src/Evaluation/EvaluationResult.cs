using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>The figures of an evaluation. Serialized with <see cref="ApiJson.Options"/>, it is <c>evaluation.json</c>.</summary>
public sealed record EvaluationResult
{
    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Version of Chitti.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>The model that was run.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The profile that was applied.</summary>
    public required ProfileVersion Profile { get; init; }

    /// <summary>What it was compared with.</summary>
    public required TruthSummary Truth { get; init; }

    /// <summary>How well parts are judged.</summary>
    public required VerdictFigures Verdicts { get; init; }

    /// <summary>How well defects are found.</summary>
    public required DetectionFigures Detection { get; init; }

    /// <summary>From which size on defects are found.</summary>
    public required PodFigures Pod { get; init; }

    /// <summary>How the verdicts agree with inspectors' ratings; null without ratings.</summary>
    public required AgreementFigures? Agreement { get; init; }

    /// <summary>The worst cases of each kind.</summary>
    public required IReadOnlyList<WorstCase> Worst { get; init; }

    /// <summary>Pictures that are in no figure, because they could not be inspected.</summary>
    public required IReadOnlyList<NotInspected> NotInspected { get; init; }

    /// <summary>Each picture, with its verdict and the truth.</summary>
    public required IReadOnlyList<PictureOutcome> Pictures { get; init; }

    /// <summary>Each defect that must be found, with its size and whether it was found.</summary>
    public required IReadOnlyList<DefectOutcome> Defects { get; init; }
}
