namespace Chitti.Domain;

/// <summary>A condition without which an inspection can't pass: then the model can't be relied on for this picture.</summary>
[GenerateSerializer, Immutable, Alias("chitti.gate")]
public sealed record Gate
{
    /// <summary>What it checks.</summary>
    [Id(0)] public required GateName Name { get; init; }

    /// <summary>What was measured, four decimals.</summary>
    [Id(1)] public required double Value { get; init; }

    /// <summary>The limit that the value exceeds, or is nearest to, four decimals.</summary>
    [Id(2)] public required double Limit { get; init; }

    /// <summary>Whether the condition is met.</summary>
    [Id(3)] public required bool Passed { get; init; }

    /// <summary>Why it is not met, and what to do about it; null if it is.</summary>
    [Id(4)] public string? Reason { get; init; }
}
