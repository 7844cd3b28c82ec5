namespace Chitti.Domain;

/// <summary>An indication as the API, the reports and the command line show it in JSON.</summary>
public sealed record IndicationDocument
{
    /// <summary>1-based.</summary>
    public required int Number { get; init; }

    /// <summary>Class name.</summary>
    public required string Class { get; init; }

    /// <summary>Index in the model's class list.</summary>
    public required int ClassId { get; init; }

    /// <summary>0..1, four decimals.</summary>
    public required double Confidence { get; init; }

    /// <summary>From the profile.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Pixels of the original, two decimals.</summary>
    public required BoxDocument Box { get; init; }

    /// <summary>Square pixels, two decimals.</summary>
    public required double Area { get; init; }

    /// <summary>False when it breaks a reject criterion.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The document of an indication.</summary>
    public static IndicationDocument From(Indication indication) => new()
    {
        Number = indication.Number,
        Class = indication.Class,
        ClassId = indication.ClassId,
        Confidence = Math.Round(indication.Confidence, 4),
        Severity = indication.Severity,
        Box = new(
            Math.Round(indication.Box.X, 2), Math.Round(indication.Box.Y, 2),
            Math.Round(indication.Box.Width, 2), Math.Round(indication.Box.Height, 2)),
        Area = Math.Round(indication.Box.Area(), 2),
        Accepted = indication.Accepted,
    };

    /// <summary>Corner box in pixels of the original.</summary>
    public sealed record BoxDocument(double X, double Y, double Width, double Height);
}
