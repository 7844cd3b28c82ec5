namespace Chitti.Storage;

/// <summary>An inspection in the catalog.</summary>
public sealed record InspectionRow
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The file; unique: exactly one original inspection a file.</summary>
    public required Guid FileId { get; init; }

    /// <summary><c>pass</c>, <c>fail</c> or <c>review</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The whole inspection as JSON, written and read by the caller.</summary>
    public required string Document { get; init; }

    /// <summary>Distinct classes among the indications, for searching.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
