using Chitti.Storage;

namespace Chitti.Grains.Tests.Storage;

/// <summary>Rows with sensible values.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Time = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static FileRow File(DateTimeOffset? at = null)
    {
        var id = Guid.CreateVersion7(at ?? Time);
        return new()
        {
            Id = id,
            Name = "weld 1.jpg",
            Size = 12_345,
            Sha256 = new string('a', 64),
            MediaType = "image/jpeg",
            Width = 640,
            Height = 480,
            ObjectKey = $"files/{id.ToString("N")[^2..]}/{id}/original",
            ProfileId = "weld",
            ProfileVersion = 3,
            State = "queued",
            CreatedAt = at ?? Time,
        };
    }

    public static InspectionRow Inspection(Guid file, string verdict = "fail", params string[] classes) => new()
    {
        Id = Guid.CreateVersion7(Time),
        FileId = file,
        Verdict = verdict,
        Document = $$"""{"verdict":"{{verdict}}"}""",
        Classes = classes,
        CreatedAt = Time,
    };
}
