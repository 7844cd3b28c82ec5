namespace Chitti.Storage.Tests;

/// <summary>Base of tests that run for both kinds of work, files and reports.</summary>
public abstract class LedgerTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    public static TheoryData<WorkKind> Kinds => [WorkKind.File, WorkKind.Report];

    private protected async Task<Guid> AddAsync(WorkKind kind, Guid? id = null)
    {
        var (file, metadata) = Rows.File();
        file = id ?? file;
        await (kind == WorkKind.File ? Files.AcceptAsync([(file, metadata)], null) : Storage.Reports.AddAsync(file, Rows.Report(Guid.NewGuid()), Rows.Time));
        return file;
    }

    /// <summary>Publishes as recovery does, with a broker that confirms at once.</summary>
    private protected async Task PublishAsync(params Guid[] ids)
    {
        Assert.Equal(ids.ToHashSet(), (await Work.BeginPublishingAsync(ids)).ToHashSet());
        await Work.MarkPublishedAsync(ids);
    }

    /// <summary>Begins, and returns the state of the item instead of the item.</summary>
    private protected async Task<(BeginOutcome Outcome, string? State, int Attempt, string? LastError)> BeginAsync(
        WorkKind kind, Guid id, string holder, TimeSpan? duration = null)
    {
        if (kind == WorkKind.File)
        {
            var begun = await Files.BeginAsync(id, holder, duration ?? Minute);
            Assert.Equal(begun.Item?.Id ?? id, id);
            return (begun.Outcome, begun.Item?.Status.ToString(), begun.Attempt, begun.LastError);
        }

        var report = await Storage.Reports.BeginAsync(id, holder, duration ?? Minute);
        Assert.Equal(report.Item?.Id ?? id, id);
        return (report.Outcome, report.Item?.Status.ToString(), report.Attempt, report.LastError);
    }

    private protected Task<bool> CompleteAsync(WorkKind kind, Guid id) => kind == WorkKind.File
        ? Files.CompleteAsync(Rows.Inspection(id))
        : Storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time);

    private protected Task<bool> FailAsync(WorkKind kind, Guid id, string error, bool deadLetter) => kind == WorkKind.File
        ? Files.FailAsync(id, error, Rows.Time, deadLetter)
        : Storage.Reports.FailAsync(id, error, Rows.Time, deadLetter);

    private protected async Task<(string? State, string? Error)> GetAsync(WorkKind kind, Guid id)
    {
        if (kind == WorkKind.File)
        {
            var file = await Files.GetAsync(id);
            return (file?.Status.ToString(), file?.Error);
        }

        var report = await Storage.Reports.GetAsync(id);
        return (report?.Status.ToString(), report?.Error);
    }

    private protected async Task<WorkEntry> EntryAsync(Guid id) =>
        await Work.GetAsync(id) ?? throw new InvalidOperationException($"{id} has no entry in the ledger.");
}
