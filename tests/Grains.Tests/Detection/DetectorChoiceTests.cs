using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Chitti.Grains.Tests;

public sealed class DetectorChoiceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedDetectors _detectors = ScriptedDetectors.Start();
    private readonly DetectorChoice _choice;

    public DetectorChoiceTests() => _choice = new(_detectors.Grains, _time);

    public void Dispose() => _choice.Dispose();

    [Fact]
    public async Task Call_TwoDetectors_TakesTheShorterQueueUntilTheyAreEqual()
    {
        List(Detector("busy/cpu", 3), Detector("idle/cpu", 0));

        string[] called = [await CallAsync(), await CallAsync(), await CallAsync()];

        Assert.All(called, key => Assert.Equal("idle/cpu", key));
        string[] next = [await CallAsync(), await CallAsync()];
        Assert.Equal(["busy/cpu", "idle/cpu"], next.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Call_ManyDetectors_SpreadsOverAll()
    {
        List([.. Enumerable.Range(0, 5).Select(number => Detector($"{number}/cpu", 0))]);

        var called = new HashSet<string>(StringComparer.Ordinal);
        for (var call = 0; call < 200; call++)
        {
            called.Add(await CallAsync());
        }

        Assert.Equal(5, called.Count);
    }

    [Fact]
    public async Task Call_OneHasTheModel_TakesItDespiteALongQueue()
    {
        List(Detector("other/cpu", 0, "solder"), Detector("able/cpu", 100, "pcb-defects", "solder"));

        Assert.Equal("able/cpu", await CallAsync());
    }

    [Fact]
    public async Task Call_NoneHasTheModel_CallsOneAnyway()
    {
        List(Detector("other/cpu", 0, "solder"));

        Assert.Equal("other/cpu", await CallAsync());
    }

    [Fact]
    public async Task Call_WithinASecond_UsesTheCachedList()
    {
        List(Detector("first/cpu", 0));
        await CallAsync();
        List(Detector("second/cpu", 0));
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(("first/cpu", 1), (await CallAsync(), _detectors.Listed.Reads));

        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(("second/cpu", 2), (await CallAsync(), _detectors.Listed.Reads));
    }

    [Fact]
    public async Task Call_NoDetector_IsAnOutage()
    {
        var outage = await Assert.ThrowsAsync<OutageException>(CallAsync);

        Assert.Equal((Outage.Detector, "No detector is up."), (outage.Outage, outage.Message));
    }

    [Fact]
    public async Task Call_DirectoryDoesNotAnswer_IsAnOutage()
    {
        _detectors.Listed.Fault = new SiloUnavailableException("The test says no.");

        var outage = await Assert.ThrowsAsync<OutageException>(CallAsync);

        Assert.Equal(Outage.Detector, outage.Outage);
        Assert.Same(_detectors.Listed.Fault, outage.InnerException);
    }

    [Fact]
    public async Task Call_SiloOfTheDetectorIsGone_TakesAnotherAndWithdrawsIt()
    {
        List(Detector("gone/cpu", 0), Detector("up/cpu", 50));

        Assert.Equal("up/cpu", await CallAsync("gone/cpu"));

        Assert.Equal(["gone/cpu"], _detectors.Listed.Withdrawn);
        Assert.Equal(("up/cpu", 1), (await CallAsync(), _detectors.Listed.Reads));
    }

    [Fact]
    public async Task Call_TwoSilosAreGone_IsAnOutage()
    {
        List(Detector("gone/cpu", 0), Detector("gone-too/cpu", 0));

        var outage = await Assert.ThrowsAsync<OutageException>(() => CallAsync("gone/cpu", "gone-too/cpu"));

        Assert.Equal(Outage.Detector, outage.Outage);
        Assert.IsType<SiloUnavailableException>(outage.InnerException);
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsAnOutageWithoutASecondCall()
    {
        List(Detector("a/cpu", 0), Detector("b/cpu", 0));
        var calls = 0;

        var outage = await Assert.ThrowsAsync<OutageException>(() => _choice.CallAsync<string>("pcb-defects", _ =>
        {
            calls++;
            throw new TimeoutException("The test says no.");
        }));

        Assert.Equal((Outage.Detector, 1), (outage.Outage, calls));
    }

    [Fact]
    public async Task Call_DetectorFailsOtherwise_PassesItOn()
    {
        List(Detector("a/cpu", 0), Detector("b/cpu", 0));

        await Assert.ThrowsAsync<ArithmeticException>(() => _choice.CallAsync<string>("pcb-defects", _ => throw new ArithmeticException()));

        Assert.Empty(_detectors.Listed.Withdrawn);
    }

    [Fact]
    public async Task Call_DirectoryHasMovedAndIsStillEmpty_UsesThePreviousList()
    {
        List(Detector("a/cpu", 0));
        await CallAsync();
        List();
        _time.Advance(DetectorAnnouncements.Lifetime);
        Assert.Equal("a/cpu", await CallAsync());

        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<OutageException>(CallAsync);
    }

    [Theory]
    [InlineData("silo-1/cpu", "silo-1")]
    [InlineData("a/b/cpu", "a/b")]
    [InlineData("cpu", null)]
    [InlineData("/cpu", null)]
    public void SiloOf_Key_IsThePartBeforeTheDevice(string key, string? silo) => Assert.Equal(silo, DetectorKey.SiloOf(key));

    private static DetectorSnapshot Detector(string key, int queueLength, params string[] models) =>
        new(key, models.Length == 0 ? ["pcb-defects"] : models, queueLength, "cpu");

    private void List(params DetectorSnapshot[] detectors) => _detectors.Listed.Detectors = detectors;

    private Task<string> CallAsync() => CallAsync([]);

    /// <summary>Returns the key of the detector that was called.</summary>
    private Task<string> CallAsync(params string[] gone) => _choice.CallAsync("pcb-defects", detector => _detectors.KeyOf(detector) is var key && gone.Contains(key)
        ? Task.FromException<string>(new SiloUnavailableException("The test says no."))
        : Task.FromResult(key));
}
