using Chitti.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chitti.Grains.Tests;

public sealed class OrphanSweeperTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;
    private readonly SetTime _time = new();

    [Fact]
    public async Task Sweep_ObjectsOfADeadProcess_RemovesThoseNoFileOwns()
    {
        var owned = await Uploads.StoreAsync(_silo, [1]);
        foreach (var key in FileKeys.All(owned.ObjectKey).Append("files/01/orphan/original").Append("files/01/orphan/thumbnail.jpg").Append("reports/01/a.pdf"))
        {
            await Uploads.PutAsync(_silo, key, [1]);
        }

        _time.Now += TimeSpan.FromHours(1);
        var swept = await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.Equal(2, swept);
        Assert.Null(await _silo.Objects.GetInfoAsync("files/01/orphan/original"));
        Assert.Null(await _silo.Objects.GetInfoAsync("files/01/orphan/thumbnail.jpg"));
        Assert.NotNull(await _silo.Objects.GetInfoAsync("reports/01/a.pdf"));
        foreach (var key in FileKeys.All(owned.ObjectKey))
        {
            Assert.NotNull(await _silo.Objects.GetInfoAsync(key));
        }
    }

    [Fact]
    public async Task Sweep_ObjectsStoredSinceTheStart_AreLeft()
    {
        _time.Now -= TimeSpan.FromHours(1);
        var sweeper = NewSweeper();
        await Uploads.PutAsync(_silo, "files/02/under-way/original", [1]);
        _time.Now += TimeSpan.FromHours(2);

        await sweeper.SweepAsync(CancellationToken.None);

        Assert.NotNull(await _silo.Objects.GetInfoAsync("files/02/under-way/original"));
        await _silo.Objects.DeleteAsync("files/02/under-way/original");
    }

    [Fact]
    public async Task Start_OrphansOfADeadProcess_AreSweptWithoutBeingAsked()
    {
        using var data = new TempFolder();
        var time = new SetTime();
        time.Now += TimeSpan.FromMinutes(1);
        await using (var first = await SiloHost.StartAsync(data, FakeEngine.Finding()))
        {
            await Uploads.PutAsync(first, "files/01/orphan/original", [1]);
        }

        await using var second = await SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.AddTime(time));

        await Eventually.GetAsync(async () => await second.Objects.GetInfoAsync("files/01/orphan/original"), found => found is null);
    }

    private OrphanSweeper NewSweeper() => new(_silo.Objects, _silo.Catalog, _time, NullLogger<OrphanSweeper>.Instance);
}
