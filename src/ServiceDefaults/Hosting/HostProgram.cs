using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chitti.ServiceDefaults;

/// <summary>How every program builds its host, runs it and ends.</summary>
public static class HostProgram
{
    /// <summary>Exit code of a program that could not do what was asked.</summary>
    public const int CouldNotRun = 2;

    /// <summary>A builder that reads <c>appsettings.json</c> beside the program, then the environment, then the command line.</summary>
    /// <param name="args">Configuration, for example <c>--urls</c> and <c>--Chitti:DataPath=…</c>.</param>
    /// <param name="url">Where to listen unless told otherwise.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.Configuration[WebHostDefaults.ServerUrlsKey] = url;
        }

        return builder;
    }

    /// <summary>Builds the host when its settings are valid.</summary>
    public static WebApplication BuildValid(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.Services.ValidateSettings();
        return app;
    }

    /// <summary>Runs a host until it is told to stop. What a person can mend is told in one message that lists every fault.</summary>
    /// <param name="name">Of the program.</param>
    /// <param name="build">Builds the host.</param>
    /// <param name="announce">Tells that the host is up.</param>
    /// <returns>The exit code: 0, or <see cref="CouldNotRun"/>.</returns>
    public static async Task<int> RunAsync(string name, Func<WebApplication> build, Action<WebApplication>? announce = null)
    {
        var started = false;
        try
        {
            await using var app = build();
            try
            {
                await StartAsync(app);
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Told to stop before it was up.
                return 0;
            }

            started = true;
            if (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                announce?.Invoke(app);
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (!started && StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            await Console.Error.WriteLineAsync($"{name} can't start:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", faults)}");
            return CouldNotRun;
        }
    }

    private static async Task StartAsync(WebApplication app)
    {
        // What can't be made throws here, with nothing started; a host in that state can't be stopped.
        _ = app.Services.GetServices<IHostedService>().Count();
        try
        {
            await app.StartAsync();
        }
        catch (StartFaultException)
        {
            // The silo may run by now: disposing it without stopping it prints stack traces.
            await app.StopAsync();
            throw;
        }
    }
}
