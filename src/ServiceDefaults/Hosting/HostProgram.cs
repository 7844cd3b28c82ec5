using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chitti.ServiceDefaults;

/// <summary>Builds and runs the host of a program.</summary>
public static class HostProgram
{
    /// <summary>Exit code of a program that could not run.</summary>
    public const int CouldNotRun = 2;

    /// <summary>Creates a builder that reads <c>appsettings.json</c> beside the program, then the environment, then the command line.</summary>
    /// <param name="args">Configuration, for example <c>--urls</c> and <c>--Chitti:DataPath=…</c>.</param>
    /// <param name="url">Default address to listen on.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.Configuration[WebHostDefaults.ServerUrlsKey] = url;
        }

        return builder;
    }

    /// <summary>Builds the host and validates its settings.</summary>
    public static WebApplication BuildValid(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.Services.ValidateSettings();
        return app;
    }

    /// <summary>Runs a host until it is stopped. If it can't start because of faults that an operator can fix, prints one message that lists them all.</summary>
    /// <param name="name">Name of the program.</param>
    /// <param name="build">Builds the host.</param>
    /// <param name="announce">Called when the host is up.</param>
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
                // Stopped before it was up.
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
        // Throws if a service can't be created, while nothing has started yet. A host in that state can't be stopped either.
        _ = app.Services.GetServices<IHostedService>().Count();
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (StartFaults.Find(exception).Count > 0)
        {
            // The silo may be running, and disposing it without stopping it prints stack traces.
            try
            {
                await app.StopAsync();
            }
            catch (InvalidOperationException)
            {
                // The silo has not been started and can't be stopped.
            }

            throw;
        }
    }
}
