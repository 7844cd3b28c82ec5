using Chitti.Storage.Sqlite;

namespace Chitti.Storage.Tests;

public sealed class SpaceReserveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_SeveralProbesAtOnce_HoldsWhatItSaysItHolds()
    {
        var path = _folder["chitti.reserve"];
        for (var round = 0; round < 20; round++)
        {
            var reserve = new SpaceReserve(path);
            using var start = new Barrier(4);
            var probes = Enumerable.Range(0, start.ParticipantCount).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                reserve.Take();
            })).ToList();
            probes.ForEach(probe => probe.Start());
            probes.ForEach(probe => probe.Join());

            Assert.True(reserve.IsHeld);
            Assert.Equal(SpaceReserve.Bytes, new FileInfo(path).Length);
            reserve.Release();
            Assert.False(File.Exists(path));
        }
    }
}
