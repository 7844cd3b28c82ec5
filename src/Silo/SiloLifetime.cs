using System.Runtime.InteropServices;

namespace Chitti.Silo;

/// <summary>
/// Stops a silo on SIGINT, SIGQUIT and SIGTERM, but lets a start finish first. The framework's lifetime cancels the start, and
/// a silo whose start is cancelled logs a stack trace for everything in progress. A second signal during the start ends the
/// process at once.
/// </summary>
internal sealed class SiloLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    internal void Handle(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref _signals) == 1 || application.ApplicationStarted.IsCancellationRequested;

        // Runs at once if the host has started.
        application.ApplicationStarted.Register(application.StopApplication);
    }
}
