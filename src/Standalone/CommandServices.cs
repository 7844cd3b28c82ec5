using Chitti.ServiceDefaults;
using Chitti.Silo;

namespace Chitti.Standalone;

/// <summary>What <c>inspect</c>, <c>evaluate</c>, <c>model calibrate</c>, <c>recover</c> and <c>verify</c> share with the server: settings, decoders and fonts.</summary>
internal static class CommandServices
{
    /// <summary>Reads <c>appsettings.json</c> and the environment, but not the command line, which has the arguments of the command.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">One options class has faults.</exception>
    /// <exception cref="AggregateException">Several options classes have faults.</exception>
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
