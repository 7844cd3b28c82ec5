namespace Chitti.Storage;

/// <summary>An entry of the work ledger. Times are UTC by the store's clock.</summary>
public sealed record WorkEntry
{
    /// <summary>Id of the file or report.</summary>
    public required Guid Id { get; init; }

    /// <summary>Kind of work.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>Attempts begun and not taken back by an outage.</summary>
    public required int Attempts { get; init; }

    /// <summary>Who works on it; null when nobody does.</summary>
    public string? LeaseHolder { get; init; }

    /// <summary>When the lease ends unless renewed.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When the broker confirmed it, or its first attempt began; null when it is to be published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When recovery takes it up.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why the last attempt failed or waits; null when none did.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when it has been waiting out outages; null when it has not.</summary>
    public DateTimeOffset? OutageSince { get; init; }

    /// <summary>Whether it has waited for longer than allowed, so that a person should look.</summary>
    public required bool Stuck { get; init; }

    /// <summary>Whether a dead letter ended it; the entry is kept for a replay and is never due.</summary>
    public required bool DeadLetter { get; init; }
}
