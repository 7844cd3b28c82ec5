using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Rows with sensible values.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Time = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static (Guid Id, FileMetadata Metadata) File(DateTimeOffset? at = null)
    {
        var id = Guid.CreateVersion7(at ?? Time);
        return (id, new()
        {
            Name = "weld 1.jpg",
            Size = 12_345,
            Sha256 = new string('a', 64),
            MediaType = "image/jpeg",
            Width = 640,
            Height = 480,
            ObjectKey = $"files/{id.ToString("N")[^2..]}/{id}/original",
            Profile = new("weld", 3),
            CreatedAt = at ?? Time,
        });
    }

    /// <summary>A file as it is after acceptance.</summary>
    public static FileSnapshot Queued((Guid Id, FileMetadata Metadata) file) =>
        new() { Id = file.Id, Metadata = file.Metadata, Status = FileStatus.Queued };

    public static Inspection Inspection(Guid file, Verdict verdict = Verdict.Fail, params string[] classes) => new()
    {
        Id = Guid.CreateVersion7(Time),
        FileId = file,
        Verdict = verdict,
        Reason = "as the test wants it",
        Indications = [.. classes.Select((name, index) => new Indication
        {
            Number = index + 1,
            Class = name,
            ClassId = index,
            Confidence = 0.75f,
            Severity = Severity.Major,
            Box = new(10.5f, 20.25f, 30, 40),
            Disposition = Disposition.Rejected,
        })],
        Model = new("weld", "Welds", "1.0", new string('b', 64)),
        Profile = new("weld", 3),
        SoftwareVersion = "0.1.0",
        Image = new(640, 480, new string('a', 64)),
        Timing = new(1.5, 2.25, 3, 4, 5, 15.75),
        ExecutionProvider = "cpu",
        BatchSize = 1,
        CreatedAt = Time,
    };

    public static ReportRequest Report(params Guid[] files) =>
        new(files, ReportFormat.Csv, new() { Title = "Lot 7", ReceivedAt = Time.AddDays(-2), Replaces = files[0] });

    /// <summary>For comparing values that contain lists.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ApiJson.Options);
}
