using Chitti.Domain;

namespace Chitti.Grains.Tests;

/// <summary>Messages and rows with every field filled.</summary>
internal static class Samples
{
    public static DateTimeOffset Accepted { get; } = new(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero);

    public static Guid FileId { get; } = Guid.Parse("019ce9f4-6a05-7c3e-8f11-2b0d4c6e8a01");

    public static FileMetadata Metadata { get; } = new()
    {
        Name = "board 17, seen from below.jpg",
        Size = 482_133,
        Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        MediaType = "image/jpeg",
        Width = 4032,
        Height = 3024,
        ObjectKey = "files/01/019ce9f4-6a05-7c3e-8f11-2b0d4c6e8a01/original",
        Profile = new("pcb-defects", 3),
        PartId = "SN-0042",
        BatchId = "lot-7",
        CreatedAt = Accepted,
    };

    public static Inspection Inspection { get; } = InspectionOf(FileId, Guid.Parse("019ce9f4-7001-7aaa-9bbb-0123456789ab"));

    public static ComponentProfile Profile { get; } = new()
    {
        Name = "Bare board, class 2",
        ComponentType = "bare board",
        Material = Material.Pcb,
        ModelId = "pcb-defects",
        EffectiveDate = new(2026, 2, 1),
        Approver = "M. Curie",
        MillimetresPerPixel = 0.05,
        Image = new() { MinWidth = 600, MinHeight = 400, MinBrightness = 20, MaxBrightness = 235.5, MinSharpness = 12.25 },
        NmsIou = 0.45f,
        NmsKind = NmsKind.Agnostic,
        DecodeScale = DecodeScale.Full,
        Tiles = "4x3",
        References = [new() { Sha256 = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9", Name = "good board.jpg" }],
        Registration = new() { MinFit = 0.5, MinVisible = 0.9, Perspective = true },
        Criteria =
        [
            new()
            {
                Class = "open",
                Severity = Severity.Critical,
                RecordConfidence = 0.25f,
                ReviewConfidence = 0.35f,
                RejectConfidence = 0.5f,
                MaxSize = 1.5,
                SizeUnit = LengthUnit.Millimetre,
                MaxCount = 2,
                MaxTotalArea = 4.25,
                Zone = [new(0.1, 0.1), new(0.9, 0.1), new(0.5, 0.95)],
            },
        ],
        Ignored =
        [
            new() { Class = "short", Reason = "is judged at the next station", RecordConfidence = 0.3f },
            .. new[] { "mousebite", "spur", "spurious_copper", "pin_hole" }.Select(name => new IgnoredClass { Class = name, Reason = "is judged at the next station" }),
        ],
        Procedure = "WI-100 rev. C",
        MethodStandard = "house method 4",
        AcceptanceStandard = "house criteria 2",
    };

    public static ReportRequest Report { get; } = new(
        [FileId],
        ReportFormat.Csv,
        new()
        {
            Title = "Inspection of lot 7",
            SiteName = "Laboratory 2",
            SiteAddress = "1 Example Street",
            Customer = "Example GmbH",
            CustomerContact = "Ada",
            Serial = "SN-0042",
            Heat = "H-1",
            Lot = "7",
            Drawing = "D-100 B",
            Condition = "as received",
            Procedure = "WI-100 rev. C",
            MethodStandard = "house method 4",
            AcceptanceStandard = "house criteria 2",
            Camera = "C-1",
            Lens = "35 mm",
            Lighting = "ring",
            Calibration = "valid to 2026-12",
            ReceivedAt = Accepted.AddDays(-2),
            Operator = "Grace",
            AuthorisedBy = "Lise",
            SignatureMeaning = "approved",
            Deviations = "none",
            SamplingPlan = "each part",
            Replaces = Guid.Parse("019ce9f4-0000-7000-8000-000000000001"),
        });

    public static Inspection InspectionOf(Guid fileId, Guid id) => new()
    {
        Id = id,
        FileId = fileId,
        Verdict = Verdict.Fail,
        Reason = "open with confidence 0.91 reaches 0.50",
        DecidedBy = 1,
        Indications =
        [
            new()
            {
                Number = 1,
                Class = "open",
                ClassId = 0,
                Confidence = 0.91f,
                Severity = Severity.Critical,
                Box = new(10.5f, 20.25f, 30, 40),
                Disposition = Disposition.Rejected,
            },
        ],
        Model = new("pcb-defects", "PCB defects", "1.0", "ab54d286c56ecf0ff1c3f1f6d2c0d0d6f6a1f7d2c3b4a5968778695a4b3c2d1e"),
        Profile = new("pcb-defects", 3),
        Overrides = new(0.4f, 0.6f, "7x5"),
        SoftwareVersion = "0.1.0",
        Image = new(4032, 3024, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        Timing = new(1.5, 24.75, 3.125, 14.5, 0.5, 44.375),
        ExecutionProvider = "cpu",
        BatchSize = 1,
        CreatedAt = Accepted.AddSeconds(2),
        TrainingKnowledge = TrainingKnowledge.Picture,
        Gates = [new() { Name = GateName.Scale, Value = 0.16, Limit = 0.75, Passed = false, Reason = "the picture is too large" }],
        Coverage = 0.5,
        Tiles = 35,
        Registration = new()
        {
            ReferenceSha256 = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
            Fit = 0.75,
            Visible = 0.875,
            ImageToReference = [1, 0.25, -3.5, -0.25, 1, 4, 0, 0],
        },
    };
}
