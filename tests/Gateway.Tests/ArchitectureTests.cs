using System.Xml.Linq;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>The allowed references between projects. A new one needs an entry here and an ADR.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> _allowedProjects = new()
    {
        ["Domain"] = [],
        ["Imaging"] = [],
        ["Registration"] = [],
        ["Streaming.RabbitMQ"] = [],
        ["ServiceDefaults"] = ["Domain"],
        ["Grains.Abstractions"] = ["Domain"],
        ["Storage"] = ["Domain"],
        ["Storage.Sqlite"] = ["Storage"],
        ["Storage.Postgres"] = ["Storage"],
        ["Storage.Postgres.Migrations"] = [],
        ["Inference"] = ["Domain", "Imaging", "Registration"],
        ["Reports"] = ["Domain", "Imaging"],
        ["Evaluation"] = ["Domain", "Imaging", "Reports"],
        ["Detection"] = ["Grains.Abstractions", "Inference", "Storage"],
        ["Grains"] = ["Grains.Abstractions", "Imaging", "Reports", "Storage"],
        ["Silo"] = ["Detection", "Grains", "ServiceDefaults", "Storage.Postgres", "Storage.Postgres.Migrations", "Streaming.RabbitMQ"],
        ["Gateway"] = ["Grains.Abstractions", "Imaging", "ServiceDefaults", "Storage", "Storage.Postgres"],
        ["Standalone"] = ["Silo", "Gateway", "Storage.Sqlite", "Evaluation"],
    };

    /// <summary>Prefixes of package names that a project must not reference, not even transitively.</summary>
    private static readonly Dictionary<string, string[]> _forbiddenPackages = new()
    {
        ["Domain"] = ["Microsoft.Orleans.Core", "Microsoft.ML.", "Microsoft.AspNetCore.", "SkiaSharp"],
        ["Imaging"] = ["Microsoft.ML.", "Microsoft.Orleans.", "Microsoft.AspNetCore."],
        ["Inference"] = ["Microsoft.Orleans.Core", "Microsoft.AspNetCore."],
        ["Registration"] = ["Microsoft.ML.", "Microsoft.Orleans.", "Microsoft.AspNetCore.", "SkiaSharp", "OpenCvSharp"],
        ["Reports"] = ["Microsoft.ML.", "Microsoft.Orleans.Core", "Microsoft.AspNetCore."],
        ["Evaluation"] = ["Microsoft.ML.", "Microsoft.Orleans.Core", "Microsoft.AspNetCore."],
        ["Storage"] = ["Microsoft.Orleans.Core", "Microsoft.ML.", "SkiaSharp", "Microsoft.Data.Sqlite", "dbup", "Npgsql"],
        ["Storage.Postgres"] = ["Microsoft.Orleans.Core", "Microsoft.Data.Sqlite", "dbup"],
        ["Streaming.RabbitMQ"] = ["Microsoft.ML.", "Microsoft.Orleans.Server", "SkiaSharp"],
        ["Grains"] = ["Microsoft.ML.", "Microsoft.Data.Sqlite", "Npgsql", "dbup"],
        ["Silo"] = ["Microsoft.Data.Sqlite", "dbup-sqlite"],
        ["Gateway"] = ["Microsoft.ML.", "Microsoft.Orleans.Server", "Microsoft.Data.Sqlite", "dbup"],
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
