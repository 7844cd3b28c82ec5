namespace Chitti.Storage;

/// <summary>Filters of a list of inspections. A null filter matches every inspection.</summary>
public sealed record InspectionQuery
{
    /// <summary><c>pass</c>, <c>fail</c> or <c>review</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>Class of at least one indication.</summary>
    public string? Class { get; init; }

    /// <summary>Id of the profile applied.</summary>
    public string? ProfileId { get; init; }

    /// <summary>Id of the model that was run.</summary>
    public string? ModelId { get; init; }

    /// <summary>Part id of the file.</summary>
    public string? PartId { get; init; }

    /// <summary>Batch id of the file.</summary>
    public string? BatchId { get; init; }

    /// <summary>Whose files were accepted at or after, in whole milliseconds, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Whose files were accepted before, in whole milliseconds, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only inspections of files with smaller ids: the last one of the previous page.</summary>
    public Guid? Before { get; init; }

    /// <summary>Maximum number of inspections, 1..1,000.</summary>
    public int Limit { get; init; } = 50;
}
