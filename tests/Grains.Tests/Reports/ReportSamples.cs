using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Reports;
using SkiaSharp;

namespace Chitti.Grains.Tests.Reports;

/// <summary>Reports to write in tests, with generated images.</summary>
internal static class ReportSamples
{
    public static readonly Guid Id = Guid.Parse("01930a5b-1c2d-7e3f-8a4b-5c6d7e8f9012");
    public static readonly Guid Replaced = Guid.Parse("01890000-0000-7000-8000-00000000abcd");
    private static readonly DateTimeOffset _start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<FontFaces> _fonts = new(() => FontFaces.Load(null));
    private static readonly ReportWriter _writer = new(_fonts, new());

    public static readonly ReportDetails FullDetails = new()
    {
        Title = "Inspection of bare boards",
        SiteName = "Laboratory 3",
        SiteAddress = "1 Example Street",
        Customer = "Customer plc",
        CustomerContact = "C. Contact",
        Serial = "SN-4711",
        Heat = "H-9",
        Lot = "L-46",
        Drawing = "D-100 rev. B",
        Condition = "clean",
        Procedure = "WI-0815 rev. C",
        MethodStandard = "Method M-12",
        AcceptanceStandard = "Acceptance A-600",
        Camera = "Camera 12 MP",
        Lens = "Lens 35 mm",
        Lighting = "coaxial red",
        Calibration = "valid until 2027-03-01",
        ReceivedAt = new DateTimeOffset(2026, 11, 19, 7, 30, 0, TimeSpan.Zero),
        Operator = "O. Operator",
        AuthorisedBy = "A. Authoriser",
        SignatureMeaning = "The signer confirms the verdict.",
        Deviations = "Lamp 2 was dimmed",
        SamplingPlan = "Plan S-3",
        Replaces = Replaced,
    };

    public static readonly ComponentProfile Profile = new()
    {
        Name = "Bare board",
        ComponentType = "Printed board",
        Material = Material.Pcb,
        ModelId = "board-model",
        Approver = "P. Approver",
        EffectiveDate = new(2026, 11, 1),
        MillimetresPerPixel = 0.02,
        Image = new() { MinWidth = 32, MinSharpness = 12.5 },
        Criteria =
        [
            new() { Class = "short", Severity = Severity.Critical, RecordConfidence = 0.1f, ReviewConfidence = 0.25f, RejectConfidence = 0.5f },
            new()
            {
                Class = "spur", Severity = Severity.Minor, RecordConfidence = 0.15f, RejectConfidence = 0.6f, MaxSize = 0.3,
                SizeUnit = LengthUnit.Millimetre, MaxCount = 2, MaxTotalArea = 1.5, Zone = [new(0.1, 0.1), new(0.9, 0.1), new(0.5, 0.9)],
            },
        ],
        Ignored = [new() { Class = "dust", Reason = "is cleaned off later" }],
    };

    public static byte[] Image(SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int width = 96, int height = 64)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.SeaGreen);
        using var paint = new SKPaint { Color = SKColors.Gold };
        canvas.DrawRect(0, 0, width / 2, height / 2, paint);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    public static Indication Indication(int number, string name = "short", Disposition disposition = Disposition.Rejected) => new()
    {
        Number = number,
        Class = name,
        ClassId = 1,
        Confidence = 0.875f,
        Severity = (name, disposition) switch
        {
            (_, Disposition.Ignored) => null,
            ("short", _) => Severity.Critical,
            _ => Severity.Minor,
        },
        Box = new(10.5f, 20, 12, 8.25f),
        Disposition = disposition,
    };

    public static ReportItem Item(
        Verdict verdict = Verdict.Fail, byte[]? image = null, string name = "board-1.jpg", params IReadOnlyList<Indication> indications)
    {
        image ??= Image();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(image));
        return new()
        {
            FileId = Guid.Parse("01930a5b-0000-7000-8000-000000000001"),
            FileName = name,
            Size = image.Length,
            Sha256 = sha256,
            MediaType = "image/jpeg",
            Width = 96,
            Height = 64,
            PartId = "PART-1",
            BatchId = "BATCH-7",
            ReceivedAt = _start,
            Profile = Profile,
            Inspection = new()
            {
                Id = Guid.Parse("01930a5b-0000-7000-8000-000000000002"),
                Verdict = verdict,
                Reason = "short: at least the reject threshold",
                DecidedBy = indications.Count > 0 ? 1 : null,
                Indications = indications,
                Model = new("board-model", "Board model", "1.2.0", new('a', 64)),
                Profile = new("bare-board", 3),
                Overrides = new(0.3f, null),
                SoftwareVersion = "9.8.7",
                Image = new(96, 64, sha256),
                Timing = new(1, 2, 3, 4, 5, 15),
                ExecutionProvider = "cpu",
                BatchSize = 1,
                CreatedAt = _start.AddSeconds(5),
            },
            LoadImage = _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(image),
        };
    }

    public static ReportItem Unreadable(string error) => Item() with
    {
        FileName = "broken.jpg",
        Width = 0,
        Height = 0,
        Inspection = null,
        Profile = null,
        Error = error,
    };

    public static ReportDocument Document(params IReadOnlyList<ReportItem> items) => new()
    {
        Id = Id,
        IssuedAt = _start.AddHours(4),
        SoftwareVersion = "9.9.9",
        Details = FullDetails,
        Items = items,
    };

    public static async Task<byte[]> WriteAsync(ReportDocument document, ReportFormat format, ImageDecoders? decoders = null)
    {
        using var output = new MemoryStream();
        var writer = decoders is null ? _writer : new ReportWriter(_fonts, decoders);
        await writer.WriteAsync(document, format, output, CancellationToken.None);
        return output.ToArray();
    }
}
