namespace Chitti.Storage;

/// <summary>An entry of the work ledger. Times are UTC by the store's clock.</summary>
public sealed record WorkEntry
{
    /// <summary>Id of the file or report.</summary>
    public required Guid Id { get; init; }

    /// <summary>Kind of work.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>Number of attempts begun, not counting those that an outage ended.</summary>
    public required int Attempts { get; init; }

    /// <summary>Holder of the lease; null without a lease.</summary>
    public string? LeaseHolder { get; init; }

    /// <summary>When the lease ends unless renewed.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When the broker confirmed it or its first attempt began; null while it is unpublished.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When recovery publishes it.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Reason of the last failure or outage; null if there was none.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when it has been waiting for an outage to end; null if it is not waiting.</summary>
    public DateTimeOffset? OutageSince { get; init; }

    /// <summary>Whether it has waited for longer than allowed, so that an operator should look.</summary>
    public required bool Stuck { get; init; }

    /// <summary>Whether a dead letter ended it. The entry is kept for a replay and is never due.</summary>
    public required bool DeadLetter { get; init; }
}
