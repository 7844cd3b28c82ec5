using Chitti.Domain;
using Chitti.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Chitti.Gateway.Tests;

public class BacklogCountTests
{
    [Fact]
    public async Task IsFull_FirstCountFails_CallsThatWaitedDoNotTryInTurn()
    {
        var (counts, failed, time) = (0, new TaskCompletionSource<int>(), new FakeTimeProvider());
        var ledger = Fake.Of<IWorkLedger>((_, _) =>
        {
            counts++;
            return failed.Task;
        });
        using var backlog = new Backlog(ledger, Options.Create(new LimitOptions()), time);

        var calls = Enumerable.Range(0, 5).Select(_ => backlog.IsFullAsync(CancellationToken.None)).ToList();
        failed.SetException(new OutageException(Outage.Database, "The test says no."));
        await Task.WhenAll(calls);
        Assert.False(await backlog.IsFullAsync(CancellationToken.None));

        Assert.Equal(1, counts);
        time.Advance(TimeSpan.FromSeconds(1));
        await backlog.IsFullAsync(CancellationToken.None);
        Assert.Equal(2, counts);
    }
}
