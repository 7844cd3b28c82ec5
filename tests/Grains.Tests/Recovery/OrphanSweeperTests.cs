using Chitti.Domain;
using Chitti.Storage;
using Chitti.Tests;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

public sealed class OrphanSweeperTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>, IDisposable
{
    private readonly SiloHost _silo = blocked.Host;
    private readonly SetTime _time = new();
    private readonly TempFolder _folder = new();

    // What one test leaves in quarantine would disturb the others.
    private FolderObjectStore Objects => field ??= new(new() { Root = _folder.Path });

    public void Dispose() => _folder.Dispose();

    private static string Key(DateTimeOffset time, string name = "original") => $"files/01/{Guid.CreateVersion7(time):N}/{name}";

    [Fact]
    public async Task Sweep_OrphansOlderThanTheGrace_AreRemovedAndNothingElse()
    {
        var owned = await Uploads.StoreAsync(_silo, [1]);
        var old = _time.Now - TimeSpan.FromHours(5);
        var (orphan, young) = (Key(old), Key(_time.Now));
        foreach (var key in FileKeys.All(owned.Metadata.ObjectKey)
            .Concat([orphan, orphan.Replace("original", "thumbnail.jpg", StringComparison.Ordinal), young, "files/01/no-uuid/original", "reports/01/a.pdf"]))
        {
            await Uploads.PutAsync(_silo.Objects, key, [1]);
        }

        _time.Now += TimeSpan.FromHours(5);
        var swept = await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.Equal(2, swept);
        Assert.Null(await _silo.Objects.GetInfoAsync(orphan));
        foreach (var key in FileKeys.All(owned.Metadata.ObjectKey).Concat([young, "files/01/no-uuid/original", "reports/01/a.pdf"]))
        {
            Assert.NotNull(await _silo.Objects.GetInfoAsync(key));
        }

        await _silo.Objects.DeleteAsync(young);
    }

    [Fact]
    public async Task Sweep_Orphan_IsInQuarantineForDaysAndThenGone()
    {
        var orphan = Key(_time.Now - TimeSpan.FromHours(7));
        await Uploads.PutAsync(Objects, orphan, [1]);
        var log = new Warnings();

        Assert.Equal(1, await NewSweeper(Objects, log).SweepAsync(CancellationToken.None));

        var quarantined = $"quarantine/{_time.Now:yyyyMMdd}/{orphan}";
        Assert.StartsWith("Moved 1 objects of 1 uploads, which no file owns, to quarantine/", Assert.Single(log.All), StringComparison.Ordinal);
        _time.Now = new DateTimeOffset(_time.Now.Date, TimeSpan.Zero);
        for (var day = 1; day <= 14; day++)
        {
            _time.Now += TimeSpan.FromDays(1);
            await NewSweeper(Objects).SweepAsync(CancellationToken.None);
            Assert.NotNull(await Objects.GetInfoAsync(quarantined));
        }

        _time.Now += TimeSpan.FromDays(1);
        await NewSweeper(Objects).SweepAsync(CancellationToken.None);
        Assert.Empty(await Objects.ListAsync("").ToListAsync());
    }

    [Fact]
    public async Task Sweep_ClockIsWeeksAhead_DeletesNothing()
    {
        var orphan = Key(_time.Now - TimeSpan.FromHours(7));
        await Uploads.PutAsync(Objects, orphan, [1]);
        await NewSweeper(Objects).SweepAsync(CancellationToken.None);
        var quarantined = $"quarantine/{_time.Now:yyyyMMdd}/{orphan}";

        // Over restarts, hours with the wrong clock, and back.
        foreach (var leap in new[] { 15, 0, -15, 0, 365 })
        {
            _time.Now += TimeSpan.FromDays(leap);
            for (var hour = 0; hour < 4; hour++)
            {
                await NewSweeper(Objects).SweepAsync(CancellationToken.None);
                _time.Now += TimeSpan.FromHours(1);
            }
        }

        Assert.NotNull(await Objects.GetInfoAsync(quarantined));
    }

    [Fact]
    public async Task Sweep_RecordOfTheQuarantineIsDamaged_CountsAgain()
    {
        var orphan = Key(_time.Now - TimeSpan.FromHours(7));
        await Uploads.PutAsync(Objects, orphan, [1]);
        var quarantined = $"quarantine/{_time.Now:yyyyMMdd}/{orphan}";
        for (var day = 0; day <= 14; day++)
        {
            await NewSweeper(Objects).SweepAsync(CancellationToken.None);
            _time.Now += TimeSpan.FromDays(1);
        }

        await Uploads.PutAsync(Objects, "quarantine/seen.json", [1]);
        await NewSweeper(Objects).SweepAsync(CancellationToken.None);
        Assert.NotNull(await Objects.GetInfoAsync(quarantined));
    }

    /// <summary>The command recover can restore the row while a sweep is under way.</summary>
    [Fact]
    public async Task Sweep_FileIsRestoredWhileItsObjectsAreMoved_AreMovedBack()
    {
        var (id, key) = NewOrphan();
        var metadata = FileObjects.MetadataOf(key);
        await Uploads.PutAsync(Objects, key, [1]);
        await Uploads.PutAsync(Objects, metadata, [1]);
        var objects = new HookedObjects(Objects);
        objects.AfterMove = async (_, _) =>
        {
            objects.AfterMove = null;
            await _silo.Files.AcceptAsync([(id, Samples.Metadata with { ObjectKey = key })], null);
        };

        Assert.Equal(0, await NewSweeper(objects).SweepAsync(CancellationToken.None));

        Assert.Equal([metadata, key], await Objects.ListAsync("").Select(found => found.Key).Order(StringComparer.Ordinal).ToListAsync());
    }

    [Fact]
    public async Task Sweep_QuarantineHasObjectsOfAFile_MovesThemBackInsteadOfDeletingThem()
    {
        var (id, key) = NewOrphan();
        await Uploads.PutAsync(Objects, key, [1]);
        await NewSweeper(Objects).SweepAsync(CancellationToken.None);
        Assert.Null(await Objects.GetInfoAsync(key));
        await _silo.Files.AcceptAsync([(id, Samples.Metadata with { ObjectKey = key })], null);

        await NewSweeper(Objects).SweepAsync(CancellationToken.None);

        Assert.NotNull(await Objects.GetInfoAsync(key));
        Assert.Empty(await Objects.ListAsync("quarantine/").ToListAsync());
    }

    [Fact]
    public async Task Sweep_AnotherProgramsFileIsBesideAnOrphan_MovesTheOrphan()
    {
        var keys = new[] { NewOrphan().Key, NewOrphan().Key };
        foreach (var key in keys)
        {
            await Uploads.PutAsync(Objects, key, [1]);
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, "objects", FileObjects.Beside(key, ".DS_Store")), "x");
        }

        Assert.Equal(2, await NewSweeper(Objects).SweepAsync(CancellationToken.None));

        Assert.Empty(await Objects.ListAsync("files/").ToListAsync());
    }

    [Fact]
    public async Task Sweep_OneObjectCantBeMoved_MovesTheOthersAndSaysSo()
    {
        var keys = Enumerable.Range(0, 3).Select(_ => NewOrphan().Key).ToList();
        var plan = new FailurePlan();
        plan.FailFor("MoveAsync", keys[1], new OutageException(Outage.ObjectStore, "this one is stuck"));
        foreach (var key in keys)
        {
            await Uploads.PutAsync(Objects, key, [1]);
        }

        var log = new Warnings();
        Assert.Equal(2, await NewSweeper(FailingProxy<IObjectStore>.Around(Objects, plan), log).SweepAsync(CancellationToken.None));

        Assert.Equal([keys[1]], await Objects.ListAsync("files/").Select(found => found.Key).ToListAsync());
        var warning = Assert.Single(log.All, said => !said.StartsWith("Moved", StringComparison.Ordinal));
        Assert.Contains(keys[1], warning, StringComparison.Ordinal);
        Assert.Contains("this one is stuck", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_OneObjectCantBeDeleted_DeletesTheOthersAndTriesAgainLater()
    {
        var rows = new[] { await Uploads.StoreAsync(_silo, [1]), await Uploads.StoreAsync(_silo, [2]) };
        foreach (var row in rows)
        {
            await _silo.Files.DeleteAsync(row.Id, "tester");
        }

        var plan = new FailurePlan();
        plan.FailFor("DeleteAsync", rows[0].Metadata.ObjectKey, new OutageException(Outage.ObjectStore, "this one is stuck"));
        var log = new Warnings();

        await NewSweeper(FailingProxy<IObjectStore>.Around(_silo.Objects, plan), log).SweepAsync(CancellationToken.None);

        Assert.Equal([rows[0].Id], (await _silo.Files.ListDeletedAsync(10)).Select(row => row.Id));
        Assert.Null(await _silo.Objects.GetInfoAsync(rows[1].Metadata.ObjectKey));
        Assert.Contains("this one is stuck", Assert.Single(log.All), StringComparison.Ordinal);

        await NewSweeper().SweepAsync(CancellationToken.None);
        Assert.Empty(await _silo.Files.ListDeletedAsync(10));
    }

    [Fact]
    public async Task Tick_SweepFails_IsNotRepeatedAtOnce()
    {
        using var data = new TempFolder();
        var plan = new FailurePlan();
        plan.Fail("ListDeletedAsync", int.MaxValue);
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(), services =>
        {
            services.AddFailures<IFileStore>(plan);
            services.AddFailures<IWorkLedger>(plan);
        });

        await Eventually.GetAsync(() => Task.FromResult(plan.CallsOf("CountStuckAsync")), ticks => ticks >= 3);

        Assert.Equal(1, plan.CallsOf("ListDeletedAsync"));
    }

    [Fact]
    public async Task Sweep_DatabaseWasPutBackWhileTheServerRuns_TouchesNothing()
    {
        using var data = new TempFolder();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding());
        await using (var connection = await silo.OpenDatabaseAsync())
        {
            await connection.ExecuteAsync("UPDATE pairing SET generation = 0");
        }

        var orphan = Key(_time.Now - TimeSpan.FromHours(7));
        await Uploads.PutAsync(silo.Objects, orphan, [1]);
        var sweeper = new OrphanSweeper(
            silo.Objects, silo.Files, silo.Services.GetRequiredService<StorePairing>(), Options.Create(new WorkOptions()), _time,
            NullLogger<OrphanSweeper>.Instance);

        Assert.Equal(0, await sweeper.SweepAsync(CancellationToken.None));
        Assert.Equal(0, await sweeper.SweepAsync(CancellationToken.None));
        Assert.NotNull(await silo.Objects.GetInfoAsync(orphan));
    }

    [Fact]
    public async Task Sweep_DeletionThatWasBrokenOff_IsFinishedAtOnce()
    {
        var row = await Uploads.StoreAsync(_silo, [1]);
        await Uploads.PutAsync(_silo.Objects, FileObjects.MetadataOf(row.Metadata.ObjectKey), [1]);
        await _silo.Files.DeleteAsync(row.Id, "tester");

        await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.Empty(await _silo.Files.ListDeletedAsync(1));
        foreach (var key in FileKeys.All(row.Metadata.ObjectKey))
        {
            Assert.Null(await _silo.Objects.GetInfoAsync(key));
        }

        Assert.Empty(await _silo.Objects.ListAsync("quarantine/").Where(found => found.Key.Contains($"{row.Id:N}", StringComparison.Ordinal)).ToListAsync());
    }

    [Fact]
    public async Task Sweep_ByANewProcess_KeepsTheUploadsOfOthers()
    {
        var underWay = Key(_time.Now - TimeSpan.FromMinutes(30));
        await Uploads.PutAsync(_silo.Objects, underWay, [1]);

        await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.NotNull(await _silo.Objects.GetInfoAsync(underWay));
        await _silo.Objects.DeleteAsync(underWay);
    }

    [Fact]
    public async Task Sweep_EmptyFolders_GoOnceNoUploadCanBeAtWorkInThem()
    {
        string FolderOf(string key) => Path.Combine(blocked.ObjectsPath, key[..key.LastIndexOf('/')]);
        var (old, young) = (Key(_time.Now - TimeSpan.FromHours(7)), Key(_time.Now - TimeSpan.FromMinutes(30)));
        var (before, today) = ($"quarantine/{_time.Now.AddDays(-1):yyyyMMdd}/{old}", $"quarantine/{_time.Now:yyyyMMdd}/{old}");
        foreach (var key in new[] { old, young, before, today })
        {
            Directory.CreateDirectory(FolderOf(key));
        }

        await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.Equal([false, true, false, true], new[] { old, young, before, today }.Select(key => Directory.Exists(FolderOf(key))));
        Directory.Delete(FolderOf(young));
    }

    [Fact]
    public async Task Start_OldOrphans_AreSweptAutomatically()
    {
        using var data = new TempFolder();
        var orphan = Key(_time.Now - TimeSpan.FromHours(7));
        await using (var first = await SiloHost.StartAsync(data, FakeEngine.Finding()))
        {
            await Uploads.PutAsync(first.Objects, orphan, [1]);
        }

        await using var second = await SiloHost.StartAsync(data, FakeEngine.Finding());

        await Eventually.GetAsync(async () => await second.Objects.GetInfoAsync(orphan), found => found is null);
    }

    private (Guid Id, string Key) NewOrphan()
    {
        var id = Guid.CreateVersion7(_time.Now - TimeSpan.FromHours(7));
        return (id, FileObjects.OriginalOf(id));
    }

    private OrphanSweeper NewSweeper(IObjectStore? objects = null, ILogger<OrphanSweeper>? logger = null) => new(
        objects ?? _silo.Objects, _silo.Files, _silo.Services.GetRequiredService<StorePairing>(), Options.Create(new WorkOptions()), _time,
        logger ?? NullLogger<OrphanSweeper>.Instance);

    private sealed class Warnings : ILogger<OrphanSweeper>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
            {
                All.Add(formatter(state, exception));
            }
        }
    }
}
