namespace Chitti.Domain;

/// <summary>A class that the model finds and that does not count for the verdict. What is found of it is still recorded.</summary>
[GenerateSerializer, Immutable, Alias("chitti.ignored-class")]
public sealed record IgnoredClass
{
    /// <summary>Class name as the model gives it.</summary>
    [Id(0)] public required string Class { get; init; }

    /// <summary>Why it does not count, 1..200 characters; reports state it.</summary>
    [Id(1)] public required string Reason { get; init; }

    /// <summary>Lowest confidence that is recorded, 0..1.</summary>
    [Id(2)] public float RecordConfidence { get; init; } = DefectCriterion.DefaultRecordConfidence;
}
