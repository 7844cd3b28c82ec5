using System.Text.Json.Serialization;

namespace Chitti.Domain;

/// <summary>Something the model found. Not yet a defect: only one that breaks an acceptance criterion rejects the part.</summary>
[GenerateSerializer, Immutable, Alias("chitti.indication")]
public sealed record Indication
{
    /// <summary>1-based number within its inspection.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>Class name as the model gives it.</summary>
    [Id(1)] public required string Class { get; init; }

    /// <summary>Index of the class in the model's class list.</summary>
    [Id(2)] public required int ClassId { get; init; }

    /// <summary>0..1, four decimals.</summary>
    [Id(3)] public required float Confidence { get; init; }

    /// <summary>From the profile's criterion for the class; null if the profile does not judge the class.</summary>
    [Id(4)] public required Severity? Severity { get; init; }

    /// <summary>Where, in pixels of the original, two decimals.</summary>
    [Id(5)] public required Box Box { get; init; }

    /// <summary>Area of the box in square pixels, two decimals.</summary>
    public double Area => Math.Round(Box.Area(), 2);

    /// <summary>What became of it under the profile.</summary>
    [Id(6)] public Disposition Disposition { get; init; }

    /// <summary>Before dispositions there was only this; it is read, and never written.</summary>
    [JsonInclude, JsonPropertyName("accepted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    private bool? AcceptedBefore
    {
        get => null;
        init => Disposition = value == true ? Disposition.Accepted : Disposition.Rejected;
    }
}
