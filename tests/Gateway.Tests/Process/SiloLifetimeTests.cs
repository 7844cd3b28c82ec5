using System.Runtime.InteropServices;
using Chitti.Silo;
using Microsoft.Extensions.Hosting;

namespace Chitti.Gateway.Tests;

public sealed class SiloLifetimeTests : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _started = new();
    private readonly SiloLifetime _lifetime;
    private int _stops;

    public SiloLifetimeTests() => _lifetime = new(this);

    public CancellationToken ApplicationStarted => _started.Token;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    void IHostApplicationLifetime.StopApplication() => _stops++;

    public void Dispose()
    {
        _lifetime.Dispose();
        _started.Dispose();
    }

    [Fact]
    public void Handle_DuringTheStart_StopsOnceItIsOver()
    {
        Assert.True(Signal());
        Assert.Equal(0, _stops);

        _started.Cancel();

        Assert.Equal(1, _stops);
    }

    [Fact]
    public void Handle_AfterTheStart_StopsAtOnce()
    {
        _started.Cancel();

        Assert.True(Signal());
        Assert.Equal(1, _stops);
    }

    [Fact]
    public void Handle_SecondSignalDuringTheStart_EndsTheProcess()
    {
        Signal();

        Assert.False(Signal());
    }

    /// <returns>Whether the default action of the signal, ending the process, is prevented.</returns>
    private bool Signal()
    {
        var context = new PosixSignalContext(PosixSignal.SIGTERM);
        _lifetime.Handle(context);
        return context.Cancel;
    }
}
