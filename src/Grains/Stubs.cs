using Chitti.Grains.Abstractions;
using Chitti.Imaging;
namespace Chitti.Grains
{
public sealed record ReportDocument { public Guid Id {get;init;} public DateTimeOffset IssuedAt {get;init;} public string SoftwareVersion {get;init;} = ""; public ReportDetails Details {get;init;} = new(); public IReadOnlyList<ReportItem> Items {get;init;} = []; }
public sealed record ReportItem {public Guid? FileId {get;init;} public string FileName {get;init;}=""; public long Size{get;init;} public string Sha256{get;init;}=""; public string MediaType{get;init;}=""; public int Width{get;init;} public int Height{get;init;} public string? PartId{get;init;} public string? BatchId{get;init;} public DateTimeOffset? ReceivedAt{get;init;} public Inspection? Inspection{get;init;} public string? Error{get;init;} public ComponentProfile? Profile{get;init;} public Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>>? LoadImage{get;init;}}
public sealed class ReportWriter(Lazy<FontFaces> f) { public Task WriteAsync(ReportDocument d, ReportFormat r, Stream s, CancellationToken c) { _ = f; return Task.CompletedTask; } }
public sealed record ReportSummary { public int Files{get;init;} public int Pass{get;init;} public int Fail{get;init;} public int Review{get;init;} public int Unreadable{get;init;} public static ReportSummary Of(IReadOnlyList<ReportItem> i)=>new(){Files=i.Count}; }
}
