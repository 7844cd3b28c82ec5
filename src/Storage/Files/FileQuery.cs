namespace Chitti.Storage;

/// <summary>Which files to list; a null member does not narrow it.</summary>
public sealed record FileQuery
{
    /// <summary><c>queued</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string? State { get; init; }

    /// <summary><c>pass</c>, <c>fail</c> or <c>review</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>Class that at least one indication has.</summary>
    public string? Class { get; init; }

    /// <summary>Part id.</summary>
    public string? PartId { get; init; }

    /// <summary>Batch id.</summary>
    public string? BatchId { get; init; }

    /// <summary>Accepted at or after, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only files older than this one: the last id of the page before.</summary>
    public Guid? Before { get; init; }

    /// <summary>1..1,000.</summary>
    public int Limit { get; init; } = 50;
}
