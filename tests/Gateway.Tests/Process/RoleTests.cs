using Chitti.Detection;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Placement;

namespace Chitti.Gateway.Tests;

public class RoleTests
{
    [Theory]
    [InlineData("core", new[] { "Chitti.Grains" })]
    [InlineData("detector", new[] { "Chitti.Detection" })]
    [InlineData("Detector, Core", new[] { "Chitti.Detection", "Chitti.Grains" })]
    [InlineData(null, new[] { "Chitti.Detection", "Chitti.Grains" })]
    public void AddChittiSilo_Roles_OffersOnlyTheirGrains(string? roles, string[] assemblies)
    {
        var builder = HostProgram.CreateBuilder(roles is null ? [] : [$"--Chitti:Roles={roles}"], "http://127.0.0.1:0");
        builder.AddChittiSilo();
        builder.AddChittiCluster();
        using var services = builder.Services.BuildServiceProvider();

        var offered = services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes
            .Select(grain => grain.Assembly.GetName().Name!).Where(name => name.StartsWith("Chitti.", StringComparison.Ordinal)).Distinct();

        Assert.Equal(assemblies, offered.Order(StringComparer.Ordinal));
        Assert.Contains(
            services.GetServices<IPlacementStrategyResolver>(),
            resolver => resolver.TryResolvePlacementStrategy(GrainType.Create(DetectorKey.GrainType), null, out _));
        Assert.Equal(assemblies.Contains("Chitti.Detection"), builder.Services.Any(service => service.ServiceType == typeof(ModelShelf)));
    }
}
