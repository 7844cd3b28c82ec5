using Chitti.Storage;
using Chitti.Tests;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

public sealed class OrphanSweeperTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;
    private readonly SetTime _time = new();

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
        await Uploads.PutAsync(_silo.Objects, orphan, [1]);
        var log = new Warnings();

        Assert.Equal(1, await NewSweeper(log).SweepAsync(CancellationToken.None));

        var quarantined = $"quarantine/{_time.Now:yyyyMMdd}/{orphan}";
        Assert.NotNull(await _silo.Objects.GetInfoAsync(quarantined));
        Assert.StartsWith("Moved 1 objects of 1 uploads, which no file owns, to quarantine/", Assert.Single(log.All), StringComparison.Ordinal);
        _time.Now = new DateTimeOffset(_time.Now.Date, TimeSpan.Zero).AddDays(14);
        await NewSweeper().SweepAsync(CancellationToken.None);
        Assert.NotNull(await _silo.Objects.GetInfoAsync(quarantined));
        _time.Now += TimeSpan.FromDays(1);
        await NewSweeper().SweepAsync(CancellationToken.None);
        Assert.Null(await _silo.Objects.GetInfoAsync(quarantined));
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
        await _silo.Files.DeleteAsync(row.Id);

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

    private OrphanSweeper NewSweeper(ILogger<OrphanSweeper>? logger = null) => new(
        _silo.Objects, _silo.Files, _silo.Services.GetRequiredService<StorePairing>(), Options.Create(new WorkOptions()), _time,
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
