namespace Chitti.Storage.Tests;

/// <summary>An empty database with all its stores, and a clock that a test can advance.</summary>
public abstract class TestStorage : IAsyncDisposable
{
    public required IFileStore Files { get; init; }

    public required IWorkLedger Work { get; init; }

    public required IReportStore Reports { get; init; }

    public required IInspectionStore Inspections { get; init; }

    public required IIdempotencyStore Idempotency { get; init; }

    public required IProfileList Profiles { get; init; }

    public required IDatabasePairing Pairing { get; init; }

    public required IDatabaseProbe Probe { get; init; }

    /// <summary>The store's time.</summary>
    public abstract Task<DateTimeOffset> NowAsync();

    /// <summary>Makes everything stored so far older. A negative time makes it younger, as if the clock had been set back.</summary>
    public abstract Task PassAsync(TimeSpan time);

    public abstract ValueTask DisposeAsync();
}
