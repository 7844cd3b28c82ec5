namespace Chitti.Storage;

/// <summary>Filters of a list of files. A null filter matches every file.</summary>
public sealed record FileQuery
{
    /// <summary><c>queued</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string? State { get; init; }

    /// <summary><c>pass</c>, <c>fail</c> or <c>review</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>Class of at least one indication.</summary>
    public string? Class { get; init; }

    /// <summary>Part id.</summary>
    public string? PartId { get; init; }

    /// <summary>Batch id.</summary>
    public string? BatchId { get; init; }

    /// <summary>Accepted at or after, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether files whose bytes were deleted are listed too.</summary>
    public bool IncludesDeleted { get; init; }

    /// <summary>Only files with smaller ids: the last id of the previous page.</summary>
    public Guid? Before { get; init; }

    /// <summary>Maximum number of files, 1..1,000.</summary>
    public int Limit { get; init; } = 50;
}
