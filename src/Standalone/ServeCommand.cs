using Chitti.Gateway;
using Chitti.Silo;

namespace Chitti.Standalone;

/// <summary>The server: silo and gateway in one process, bound to loopback unless told otherwise.</summary>
internal static class ServeCommand
{
    private const int CouldNotRun = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(args);
            await app.StartAsync(cancellationToken);
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

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = Settings.Read(builder.Configuration);
        builder.AddGateway();
        builder.AddSilo(settings.Chitti, settings.Work, settings.Detector, settings.Models, settings.Limits.Image);
        var app = builder.Build();
        app.MapGateway();
        return app;
    }
}
