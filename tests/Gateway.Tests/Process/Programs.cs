using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Gateway.Tests;

/// <summary>The three programs as their entry points compose them.</summary>
internal static class Programs
{
    private static readonly (string Name, Action<WebApplicationBuilder> Compose)[] _all =
    [
        ("standalone", builder => builder.AddStandalone()),
        ("silo", builder =>
        {
            builder.AddChittiSilo();
            builder.AddChittiCluster();
        }),
        ("gateway", builder =>
        {
            builder.AddChittiGateway();
            builder.AddChittiClient();
        }),
    ];

    /// <summary>Every setting, and the programs that have it: <c>all</c>, or their names.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = _all
        .SelectMany(program => Of(program.Compose).Select(setting => (setting, program.Name)))
        .GroupBy(pair => pair.setting, pair => pair.Name)
        .ToDictionary(group => group.Key, group => group.Count() == _all.Length ? "all" : string.Join(", ", group));

    /// <summary>The settings that services have registered.</summary>
    public static IEnumerable<string> Of(IEnumerable<ServiceDescriptor> services) =>
        services.Select(service => service.ImplementationInstance).OfType<SettingsSection>().SelectMany(section => section.Settings);

    private static IEnumerable<string> Of(Action<WebApplicationBuilder> compose)
    {
        var builder = HostProgram.CreateBuilder([], "http://127.0.0.1:0");
        compose(builder);
        return Of(builder.Services);
    }
}
