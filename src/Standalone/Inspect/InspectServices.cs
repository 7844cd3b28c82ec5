using Chitti.ServiceDefaults;
using Chitti.Silo;

namespace Chitti.Standalone;

/// <summary>What <c>inspect</c> shares with the server: the settings, and the means to decode and draw.</summary>
internal static class InspectServices
{
    /// <summary>Reads <c>appsettings.json</c> and the environment; the command line has arguments of its own.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings of one class are wrong.</exception>
    /// <exception cref="AggregateException">Settings of several are.</exception>
    public static ServiceProvider Create()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build());
        services.AddStandaloneSettings();
        services.AddImaging();
        var provider = services.BuildServiceProvider();
        provider.ValidateSettings();
        return provider;
    }
}
