using System.ComponentModel.DataAnnotations;
using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>A report over files, or over the files of a batch, and what it states beside their inspections.</summary>
internal sealed record CreateReportRequest
{
    internal const int MaxFiles = 10_000;

    private const int Line = 200;

    private const int Text = 2_000;

    public IReadOnlyList<Guid>? FileIds { get; init; }

    public string? BatchId { get; init; }

    public required ReportFormat Format { get; init; }

    [StringLength(Line)]
    public string? Title { get; init; }

    [StringLength(Line)]
    public string? SiteName { get; init; }

    [StringLength(Text)]
    public string? SiteAddress { get; init; }

    [StringLength(Line)]
    public string? Customer { get; init; }

    [StringLength(Line)]
    public string? CustomerContact { get; init; }

    [StringLength(Line)]
    public string? Serial { get; init; }

    [StringLength(Line)]
    public string? Heat { get; init; }

    [StringLength(Line)]
    public string? Lot { get; init; }

    [StringLength(Line)]
    public string? Drawing { get; init; }

    [StringLength(Text)]
    public string? Condition { get; init; }

    [StringLength(Line)]
    public string? Procedure { get; init; }

    [StringLength(Line)]
    public string? MethodStandard { get; init; }

    [StringLength(Line)]
    public string? AcceptanceStandard { get; init; }

    [StringLength(Line)]
    public string? Camera { get; init; }

    [StringLength(Line)]
    public string? Lens { get; init; }

    [StringLength(Line)]
    public string? Lighting { get; init; }

    [StringLength(Line)]
    public string? Calibration { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    [StringLength(Line)]
    public string? Operator { get; init; }

    [StringLength(Line)]
    public string? AuthorisedBy { get; init; }

    [StringLength(Text)]
    public string? SignatureMeaning { get; init; }

    [StringLength(Text)]
    public string? Deviations { get; init; }

    [StringLength(Text)]
    public string? SamplingPlan { get; init; }

    public Guid? Replaces { get; init; }

    internal ReportDetails ToDetails() => new()
    {
        Title = Title,
        SiteName = SiteName,
        SiteAddress = SiteAddress,
        Customer = Customer,
        CustomerContact = CustomerContact,
        Serial = Serial,
        Heat = Heat,
        Lot = Lot,
        Drawing = Drawing,
        Condition = Condition,
        Procedure = Procedure,
        MethodStandard = MethodStandard,
        AcceptanceStandard = AcceptanceStandard,
        Camera = Camera,
        Lens = Lens,
        Lighting = Lighting,
        Calibration = Calibration,
        ReceivedAt = ReceivedAt?.ToUniversalTime(),
        Operator = Operator,
        AuthorisedBy = AuthorisedBy,
        SignatureMeaning = SignatureMeaning,
        Deviations = Deviations,
        SamplingPlan = SamplingPlan,
        Replaces = Replaces,
    };
}
