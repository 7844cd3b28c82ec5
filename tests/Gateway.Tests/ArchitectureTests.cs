using System.Xml.Linq;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>The arrows between projects that are allowed; a new one is a decision, made here and in an ADR.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> _allowedProjects = new()
    {
        ["Grains.Abstractions"] = [],
        ["Imaging"] = [],
        ["Storage"] = [],
        ["Inference"] = ["Imaging"],
        ["Grains"] = ["Grains.Abstractions", "Inference", "Storage"],
        ["ServiceDefaults"] = [],
        ["Streaming.RabbitMQ"] = [],
        ["Silo"] = ["Grains", "ServiceDefaults"],
        ["Gateway"] = ["Grains.Abstractions", "Storage", "Imaging", "ServiceDefaults"],
        ["Standalone"] = ["Silo", "Gateway"],
    };

    /// <summary>Beginnings of package names that a project must not load, however far away.</summary>
    private static readonly Dictionary<string, string[]> _forbiddenPackages = new()
    {
        ["Imaging"] = ["Microsoft.ML.", "Microsoft.Orleans.", "Microsoft.AspNetCore."],
        ["Inference"] = ["Microsoft.Orleans.", "Microsoft.AspNetCore."],
        ["Storage"] = ["Microsoft.Orleans.", "Microsoft.ML.", "SkiaSharp"],
        ["Streaming.RabbitMQ"] = ["Microsoft.ML.", "Microsoft.Orleans.Server", "SkiaSharp"],
        ["Gateway"] = ["Microsoft.ML.", "Microsoft.Orleans.Server"],
    };

    [Fact]
    public void Projects_InSrc_ReferenceOnlyWhatIsAllowed()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), References);

        Assert.Equal(_allowedProjects.Keys.Order(StringComparer.Ordinal), projects.Keys.Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.Equal([], project.Value.Except(_allowedProjects[project.Key])));
    }

    [Fact]
    public void Abstractions_Packages_AreOrleansSdkAlone() =>
        Assert.Equal(["Microsoft.Orleans.Sdk"], Elements("Grains.Abstractions", "PackageReference"));

    [Fact]
    public void Projects_Closure_LacksForbiddenPackages() => Assert.All(_forbiddenPackages, rule =>
    {
        var packages = File.ReadAllText(Path.Combine(Repository.Root, "src", rule.Key, "packages.lock.json"));
        Assert.All(rule.Value, forbidden => Assert.DoesNotContain($"\"{forbidden}", packages, StringComparison.Ordinal));
    });

    private static string[] References(string path) =>
        [.. Elements(Path.GetFileNameWithoutExtension(path), "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference))];

    private static string[] Elements(string project, string name) =>
    [
        .. XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(name).Select(element => (string)element.Attribute("Include")!),
    ];
}
