using Chitti.Tests;
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
    public async Task Sweep_ByANewProcess_KeepsTheUploadsOfOthers()
    {
        var underWay = Key(_time.Now - TimeSpan.FromMinutes(30));
        await Uploads.PutAsync(_silo.Objects, underWay, [1]);

        await NewSweeper().SweepAsync(CancellationToken.None);

        Assert.NotNull(await _silo.Objects.GetInfoAsync(underWay));
        await _silo.Objects.DeleteAsync(underWay);
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

    private OrphanSweeper NewSweeper() => new(
        _silo.Objects, _silo.Files, Options.Create(new WorkOptions()), _time, NullLogger<OrphanSweeper>.Instance);
}
