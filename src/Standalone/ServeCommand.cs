using Chitti.Silo;

namespace Chitti.Standalone;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    private const int CouldNotRun = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = StandaloneHost.Build(args);
            await StartAsync(app, cancellationToken);
            Announcement.Write(app, Console.Out);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            await Console.Error.WriteLineAsync($"chitti can't start:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", faults)}");
            return CouldNotRun;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        // What can't be made throws here, with nothing started; a host in that state can't be stopped.
        _ = app.Services.GetServices<IHostedService>().Count();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (StartFaultException)
        {
            // The silo may run by now: one that is only disposed of dies with complaints.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }
}
