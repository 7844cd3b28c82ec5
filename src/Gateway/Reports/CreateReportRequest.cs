using System.ComponentModel.DataAnnotations;
using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>A request for a report on given files or on a batch, with the details to print in it.</summary>
internal sealed record CreateReportRequest
{
    private const int Line = 200;

    private const int Text = 2_000;

    private const string TooLong = "must be at most {1} characters";

    public IReadOnlyList<Guid>? FileIds { get; init; }

    public string? BatchId { get; init; }

    public required ReportFormat Format { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Title { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? SiteName { get; init; }

    [StringLength(Text, ErrorMessage = TooLong)]
    public string? SiteAddress { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Customer { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? CustomerContact { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Serial { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Heat { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Lot { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Drawing { get; init; }

    [StringLength(Text, ErrorMessage = TooLong)]
    public string? Condition { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Procedure { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? MethodStandard { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? AcceptanceStandard { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Camera { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Lens { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Lighting { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Calibration { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? Operator { get; init; }

    [StringLength(Line, ErrorMessage = TooLong)]
    public string? AuthorisedBy { get; init; }

    [StringLength(Text, ErrorMessage = TooLong)]
    public string? SignatureMeaning { get; init; }

    [StringLength(Text, ErrorMessage = TooLong)]
    public string? Deviations { get; init; }

    [StringLength(Text, ErrorMessage = TooLong)]
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
