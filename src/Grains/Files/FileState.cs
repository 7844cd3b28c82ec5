using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>
/// What is stored of a file. Registration and inspection never change once made, so the messages themselves are held;
/// the golden file of the tests guards the stored form.
/// </summary>
internal sealed record FileState
{
    public FileRegistration? Registration { get; init; }

    /// <summary>Queued, Completed or Failed; that a processor works on the file is known to the activation alone.</summary>
    public FileStatus Status { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Inspection? Inspection { get; init; }

    /// <summary>Attempts that failed on the image itself.</summary>
    public int Failures { get; init; }
}
