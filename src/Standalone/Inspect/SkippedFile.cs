namespace Chitti.Standalone;

/// <summary>A file or folder that was not inspected although it is below a given folder, or was given twice.</summary>
/// <param name="File">Its path as found.</param>
/// <param name="Reason">Why, to follow the path in a sentence.</param>
internal sealed record SkippedFile(string File, string Reason);
