using System.ComponentModel.DataAnnotations;
using Chitti.ServiceDefaults;
using Chitti.Standalone;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway.Tests;

public class SettingsTests
{
    [Fact]
    public void Validate_NoSettings_KeepsTheDefaults()
    {
        var services = Services();

        services.ValidateSettings();

        Assert.Equal(5, services.GetRequiredService<IOptions<Sizes>>().Value.Width);
    }

    [Fact]
    public void Validate_Values_AreBoundWhateverTheirCase()
    {
        var services = Services(("chitti:sizes:WIDTH", "7"), ("Chitti:Sizes:Wait", "00:00:03"));

        services.ValidateSettings();

        var sizes = services.GetRequiredService<IOptions<Sizes>>().Value;
        Assert.Equal((7, TimeSpan.FromSeconds(3)), (sizes.Width, sizes.Wait));
    }

    [Fact]
    public void Validate_FaultsOfEveryKind_AreAllListed()
    {
        var services = Services(
            ("Chitti:Sizes:Width", "0"), ("Chitti:Sizes:Height", "tall"), ("Chitti:Sizes:Wait", "soon"), ("Chitti:Sizes:Depth", "3"), ("Chitti:Name", "x y"));

        Assert.Equal(
            [
                "Chitti:Sizes:Height is 'tall': must be a whole number from 1 to 10.",
                "Chitti:Sizes:Wait is 'soon': must be a time such as 00:00:05.",
                "Chitti:Sizes:Depth is not a setting; docs/settings.md lists them.",
                "Chitti:Sizes:Width is '0': The field Width must be between 1 and 10.",
                "Chitti:Name is 'x y': must be a word.",
            ],
            Faults(services));
    }

    [Fact]
    public void Validate_Secrets_AreNamedAndNotShown()
    {
        var services = new ServiceCollection();
        services.AddSettings<RabbitMqOptions>(RabbitMqOptions.Section);
        services.AddSettings<PostgresOptions>(PostgresOptions.Section);

        Assert.Equal(
            ["Chitti:RabbitMq:Uri: must begin with amqp:// or amqps://.", "ConnectionStrings:Postgres: The Postgres field is required."],
            Faults(Build(services, ("Chitti:RabbitMq:Uri", "http://guest:secret@broker"))));
        Assert.Contains("Chitti:RabbitMq:Uri is missing.", Faults(Build(services)));
    }

    [Theory]
    [InlineData("Chitti:Limts:MaxPixels", "Chitti:Limits:MaxPixels")]
    [InlineData("chitti:limits:maxpixel", "Chitti:Limits:MaxPixels")]
    [InlineData("Chitti:MaxPixels", "Chitti:Limits:MaxPixels")]
    [InlineData("Chitti:DataPaht", "Chitti:DataPath")]
    [InlineData("Chitti:Colour", null)]
    public void FindNearest_MisspeltName_IsTheIntendedOne(string name, string? meant) =>
        Assert.Equal(meant, NearestName.Find(name, ["Chitti:DataPath", "Chitti:Limits:MaxPixels", "Chitti:Limits:MaxSide"]));

    [Fact]
    public void Inspect_Settings_AreThoseOfTheServer()
    {
        var services = new ServiceCollection();
        services.AddStandaloneSettings();

        Assert.Equal(
            Programs.Settings.Where(setting => setting.Value == "all" || setting.Value.Contains("standalone", StringComparison.Ordinal))
                .Select(setting => setting.Key).Order(StringComparer.Ordinal),
            Programs.Of(services).Order(StringComparer.Ordinal));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSettings<Sizes>("Chitti:Sizes");
        services.AddSettings<Sizes>("Chitti:Sizes");
        services.AddSettings<Naming>("Chitti");
        services.AddSettingsRule<Naming>(naming => naming.Name.Contains(' ', StringComparison.Ordinal) ? $"Chitti:Name is '{naming.Name}': must be a word." : null);
        return Build(services, settings);
    }

    private static ServiceProvider Build(IServiceCollection services, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        return services.AddSingleton<IConfiguration>(configuration).BuildServiceProvider();
    }

    private static IReadOnlyList<string> Faults(IServiceProvider services) => StartFaults.Find(Assert.ThrowsAny<Exception>(services.ValidateSettings));

    private sealed class Sizes
    {
        [Range(1, 10)]
        public int Width { get; set; } = 5;

        [Range(1, 10)]
        public int Height { get; set; } = 5;

        public TimeSpan Wait { get; set; }
    }

    private sealed class Naming
    {
        public string Name { get; set; } = "";
    }
}
