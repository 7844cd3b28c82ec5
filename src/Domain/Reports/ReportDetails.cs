namespace Chitti.Domain;

/// <summary>
/// What a report states in addition to the inspections. Every field is optional; the report says "not stated" for a missing
/// one.
/// </summary>
[GenerateSerializer, Immutable, Alias("chitti.report-details")]
public sealed record ReportDetails
{
    /// <summary>Title of the document.</summary>
    [Id(0)] public string? Title { get; init; }

    /// <summary>Laboratory or site.</summary>
    [Id(1)] public string? SiteName { get; init; }

    /// <summary>Its address.</summary>
    [Id(2)] public string? SiteAddress { get; init; }

    /// <summary>Customer.</summary>
    [Id(3)] public string? Customer { get; init; }

    /// <summary>Contact person at the customer.</summary>
    [Id(4)] public string? CustomerContact { get; init; }

    /// <summary>Serial number of the part.</summary>
    [Id(5)] public string? Serial { get; init; }

    /// <summary>Heat number.</summary>
    [Id(6)] public string? Heat { get; init; }

    /// <summary>Lot number.</summary>
    [Id(7)] public string? Lot { get; init; }

    /// <summary>Drawing and its revision.</summary>
    [Id(8)] public string? Drawing { get; init; }

    /// <summary>Condition of the part on receipt.</summary>
    [Id(9)] public string? Condition { get; init; }

    /// <summary>Procedure and its revision, if it is not the profile's.</summary>
    [Id(10)] public string? Procedure { get; init; }

    /// <summary>Standard of the method, if it is not the profile's.</summary>
    [Id(11)] public string? MethodStandard { get; init; }

    /// <summary>Standard of acceptance, if it is not the profile's.</summary>
    [Id(12)] public string? AcceptanceStandard { get; init; }

    /// <summary>Camera.</summary>
    [Id(13)] public string? Camera { get; init; }

    /// <summary>Lens.</summary>
    [Id(14)] public string? Lens { get; init; }

    /// <summary>Lighting.</summary>
    [Id(15)] public string? Lighting { get; init; }

    /// <summary>Calibration status of the equipment.</summary>
    [Id(16)] public string? Calibration { get; init; }

    /// <summary>When the parts were received, UTC.</summary>
    [Id(17)] public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Who ran the inspection.</summary>
    [Id(18)] public string? Operator { get; init; }

    /// <summary>Who authorises the report.</summary>
    [Id(19)] public string? AuthorisedBy { get; init; }

    /// <summary>What the signature means.</summary>
    [Id(20)] public string? SignatureMeaning { get; init; }

    /// <summary>Deviations from the method.</summary>
    [Id(21)] public string? Deviations { get; init; }

    /// <summary>Sampling plan, if one applies.</summary>
    [Id(22)] public string? SamplingPlan { get; init; }

    /// <summary>The report that this one replaces.</summary>
    [Id(23)] public Guid? Replaces { get; init; }
}
