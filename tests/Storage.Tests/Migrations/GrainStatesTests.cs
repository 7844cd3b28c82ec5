using System.IO.Compression;
using System.Text.Json.Nodes;
using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Chitti.Tests;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Tests;

/// <summary>A database of release 0.1.0 is migrated completely.</summary>
public sealed class GrainStatesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public GrainStatesTests()
    {
        using var archive = ZipFile.OpenRead(Repository.Path("tests", "Gateway.Tests", "Durability", "State", "0.1.0.zip"));
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith("chitti.db", StringComparison.Ordinal)))
        {
            entry.ExtractToFile(_folder[entry.FullName]);
        }
    }

    private static JsonObject FileState => Golden("file-state-0.1.0.json");

    private static JsonObject ReportState => Golden("report-state-0.1.0.json");

    private string Path => _folder["chitti.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upgrade_DatabaseOfTheRelease_KeepsItsFilesAndInspections()
    {
        using var database = Open();
        var files = (await new SqliteFileStore(database).ListAsync(new())).ToDictionary(file => file.Metadata.Name);

        Assert.Equal(
            [("completed.jpg", FileStatus.Completed), ("failed.png", FileStatus.Failed), ("queued.png", FileStatus.Queued)],
            files.Select(file => (file.Key, file.Value.Status)).Order());
        var completed = await new SqliteFileStore(database).GetAsync(files["completed.jpg"].Id);
        Assert.Equal((Verdict.Fail, "open"), (completed!.Inspection!.Verdict, Assert.Single(completed.Inspection.Indications).Class));
        Assert.Equal("pcb-defects", completed.Inspection.Model.Id);
        Assert.Equal([completed.Id], (await new SqliteFileStore(database).ListAsync(new() { Class = "open" })).Select(file => file.Id));
        Assert.Equal("The file ends before the image does.", files["failed.png"].Error);
        var ledger = new SqliteWorkLedger(database);
        Assert.Null(await ledger.GetAsync(completed.Id));
        Assert.Null(await ledger.GetAsync(files["failed.png"].Id));
        Assert.Equal([files["queued.png"].Id], await ledger.ListDueAsync(WorkKind.File, 10));
        Assert.Equal(["profile"], Types(database));
    }

    [Fact]
    public async Task Upgrade_FilesEndedOnlyInGrainState_EndInTheirRows()
    {
        var (completed, failed, tried) = (AddFile(), AddFile(), AddFile());
        var inspection = Guid.CreateVersion7();
        AddState("file", completed, FileState, state =>
        {
            state["inspection"]!["id"] = inspection;
            state["inspection"]!["fileId"] = completed;
            state["inspection"]!["timing"]!["totalMs"] = 44.37521;
            state["inspection"]!["indications"]![0]!["confidence"] = 0.84621793;
            state["inspection"]!["indications"]![0]!["box"]!["y"] = 20.251234;
        });
        AddState("file", failed, FileState, state => (state["status"], state["inspection"], state["error"]) = ("failed", null, "it's\n;\nbroken $schema$."));
        AddState("file", tried, FileState, state => (state["status"], state["inspection"], state["completedAt"]) = ("queued", null, null));

        using var database = Open();

        var files = new SqliteFileStore(database);
        var stored = await files.GetAsync(completed);
        Assert.Equal(
            (FileStatus.Completed, inspection, Verdict.Fail, At("2026-03-14T09:26:55.589Z"), null),
            (stored!.Status, stored.InspectionId, stored.Verdict, stored.CompletedAt, stored.Error));
        Assert.Equal((completed, "cpu", 44.375), (stored.Inspection!.FileId, stored.Inspection.ExecutionProvider, stored.Inspection.Timing.TotalMs));
        var indication = Assert.Single(stored.Inspection.Indications);
        Assert.Equal(("open", Severity.Critical, 0.8462f, 20.25f), (indication.Class, indication.Severity, indication.Confidence, indication.Box.Y));
        Assert.Contains(completed, (await files.ListAsync(new() { Class = "open" })).Select(file => file.Id));
        stored = await files.GetAsync(failed);
        Assert.Equal((FileStatus.Failed, "it's\n;\nbroken $schema$."), (stored!.Status, stored.Error));
        var ledger = new SqliteWorkLedger(database);
        Assert.Null(await ledger.GetAsync(completed));
        Assert.Null(await ledger.GetAsync(failed));
        Assert.Equal(3, (await files.BeginAsync(tried, "me", TimeSpan.FromMinutes(1))).Attempt);
        Assert.Equal(["profile"], Types(database));
    }

    [Fact]
    public async Task Upgrade_StateOfADeletedFile_DoesNotComeBack()
    {
        var id = Guid.CreateVersion7();
        AddState("file", id, FileState);

        using var database = Open();

        Assert.Null(await new SqliteFileStore(database).GetAsync(id));
        Assert.Equal(["profile"], Types(database));
    }

    [Fact]
    public async Task Upgrade_Reports_BecomeRows()
    {
        var (queued, ready, failed, unknown) = (AddReport("queued"), AddReport("queued"), AddReport("failed"), AddReport("queued"));
        AddState("report", queued, ReportState, state =>
            (state["status"], state["error"], state["objectKey"], state["completedAt"]) = ("queued", null, null, null));
        AddState("report", ready, ReportState, state => (state["status"], state["error"]) = ("ready", null));
        AddState("report", failed, ReportState, state => state["objectKey"] = null);
        AddState("report", Guid.CreateVersion7(), ReportState, state => state.Remove("request"));

        using var database = Open();

        var reports = new SqliteReportStore(database);
        var report = await reports.GetAsync(queued);
        Assert.Equal((ReportStatus.Queued, ReportFormat.Csv, null), (report!.Status, report.Request.Format, report.CompletedAt));
        Assert.Equal(Guid.Parse("019ce9f4-6a05-7c3e-8f11-2b0d4c6e8a01"), Assert.Single(report.Request.FileIds));
        Assert.Equal(
            ("Inspection of lot 7", "valid to 2026-12", At("2026-03-12T09:26:53.589Z"), Guid.Parse("019ce9f4-0000-7000-8000-000000000001")),
            (report.Request.Details.Title, report.Request.Details.Calibration, report.Request.Details.ReceivedAt, report.Request.Details.Replaces));
        Assert.Equal(At("2026-03-14T09:26:53.589Z"), report.CreatedAt);
        report = await reports.GetAsync(ready);
        Assert.Equal(
            (ReportStatus.Ready, "reports/ab/019ce9f4-8002-7bbb-8ccc-0123456789ab.csv", At("2026-03-14T09:27:53.589Z")),
            (report!.Status, report.ObjectKey, report.CompletedAt));
        report = await reports.GetAsync(failed);
        Assert.Equal((ReportStatus.Failed, "a reason"), (report!.Status, report.Error));
        // No client was told of it: the process crashed before the request was stored.
        Assert.Null(await reports.GetAsync(unknown));
        Assert.Equal([queued], await new SqliteWorkLedger(database).ListDueAsync(WorkKind.Report, 10));
        Assert.Equal(["profile"], Types(database));
    }

    [Fact]
    public async Task Upgrade_KeysOfTheRelease_OnlyAnswersStay()
    {
        var claimed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Execute($"""
            INSERT INTO idempotency_keys (scope, key, fingerprint, answer, claimed_at) VALUES
                ('s', 'answered', 'print', 'answer', {claimed}), ('s', 'running', NULL, NULL, {claimed})
            """);

        using var database = Open();

        var keys = new SqliteIdempotencyStore(database);
        Assert.Equal(
            new(IdempotencyState.Answered, "print", "answer"), await keys.ClaimAsync("s", "answered", "me", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)));
        Assert.Equal(IdempotencyState.Claimed, (await keys.ClaimAsync("s", "running", "me", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1))).State);
    }

    [Fact]
    public void Upgrade_StateThatCannotBeRead_FailsNamingIt()
    {
        var report = AddReport("queued");
        AddState("report", report, [], state => state["request"] = 1);

        var failure = Assert.Throws<InvalidOperationException>(Open);

        Assert.Contains($"The grain state of report {report} can't be read", failure.Message, StringComparison.Ordinal);
    }

    private static JsonObject Golden(string name) =>
        JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Migrations", name)))!.AsObject();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Types(SqliteDatabase database)
    {
        using var connection = database.OpenReader();
        return [.. connection.Query<string>("SELECT DISTINCT GrainTypeString FROM OrleansStorage")];
    }

    private SqliteDatabase Open() => new(new() { Path = Path });

    private Guid AddFile()
    {
        var id = Guid.CreateVersion7();
        Execute($"""
            INSERT INTO files (id, name, size, sha256, media_type, width, height, object_key, profile_id, profile_version, state, created_at, published)
            VALUES ('{id}', 'x', 1, 'x', 'image/png', 1, 1, 'files/{id}/original', 'weld', 1, 'queued', 0, 1)
            """);
        return id;
    }

    private Guid AddReport(string state)
    {
        var id = Guid.CreateVersion7();
        Execute($"INSERT INTO reports (id, state, created_at, published) VALUES ('{id}', '{state}', 0, 1)");
        return id;
    }

    private void AddState(string type, Guid id, JsonObject state, Action<JsonObject>? change = null)
    {
        change?.Invoke(state);
        var key = id.ToByteArray();
        Execute("INSERT INTO OrleansStorage VALUES ('chitti', @type, @n0, @n1, '', 1, @json)", new
        {
            type,
            n0 = BitConverter.ToInt64(key, 0),
            n1 = BitConverter.ToInt64(key, 8),
            json = System.Text.Encoding.UTF8.GetBytes(state.ToJsonString()),
        });
    }

    private void Execute(string sql, object? values = null)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Execute(sql, values);
    }
}
