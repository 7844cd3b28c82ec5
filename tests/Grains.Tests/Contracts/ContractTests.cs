using System.Reflection;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public class ContractTests
{
    private const string Regenerate = "CHITTI_WRITE_CONTRACTS";

    [Fact]
    public void Messages_Each_HasAnAliasOfItsOwn()
    {
        var types = WireContract.MessageTypes.Concat(WireContract.GrainInterfaces).ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.StartsWith("chitti.", WireContract.AliasOf(type) ?? $"nothing for {type}", StringComparison.Ordinal));
        Assert.Distinct(types.Select(WireContract.AliasOf));
    }

    [Fact]
    public void Messages_EachMember_HasAnIdWithoutGaps() => Assert.All(
        WireContract.MessageTypes.Where(type => !type.IsEnum),
        type => Assert.Equal(
            Enumerable.Range(0, WireContract.MembersOf(type).Count()).Select(id => (uint?)id),
            WireContract.MembersOf(type).Select(member => member.Id).Order()));

    [Fact]
    public void GrainInterfaces_EachMethod_HasAnAliasAndATrailingCancellationToken() => Assert.All(
        WireContract.GrainInterfaces,
        type =>
        {
            Assert.All(type.GetMethods(), method =>
            {
                Assert.False(string.IsNullOrEmpty(WireContract.AliasOf(method)), $"{type.Name}.{method.Name}");
                Assert.EndsWith("Async", method.Name, StringComparison.Ordinal);
                Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
            });
            Assert.Distinct(type.GetMethods().Select(WireContract.AliasOf));
        });

    [Fact]
    public void Grains_Each_HasATypeNameOfItsOwnAndIsInternalAndSealed()
    {
        var grains = WireContract.Grains.GetTypes().Where(type => typeof(Grain).IsAssignableFrom(type) && !type.IsAbstract).ToList();

        Assert.NotEmpty(grains);
        Assert.All(grains, grain => Assert.True(
            grain is { IsSealed: true, IsPublic: false } && grain.GetCustomAttribute<GrainTypeAttribute>() is not null, grain.Name));
        Assert.Equal(grains.Count, grains.Select(grain => grain.GetCustomAttributesData()
            .Single(attribute => attribute.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value).Distinct().Count());
    }

    [Fact]
    public void Contracts_Checked_AreThoseOfTheCode()
    {
        var lines = WireContract.Lines().ToList();
        var path = Path.Combine(Repository.Root, "tests", "Grains.Tests", "Contracts", "contracts.txt");
        if (Environment.GetEnvironmentVariable(Regenerate) is { Length: > 0 })
        {
            File.WriteAllLines(path, lines);
        }

        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var changes = known.Except(lines).Select(line => $"- {line}").Concat(lines.Except(known).Select(line => $"+ {line}")).ToList();
        Assert.True(
            known.SequenceEqual(lines, StringComparer.Ordinal),
            $"""
            The wire contract differs from {path}:
            {string.Join(Environment.NewLine, changes)}
            Silos of two builds talk to each other during a rollout: only additions are safe. If the change is meant, write the file
            anew and commit it: {Regenerate}=1 dotnet test tests/Grains.Tests --filter {nameof(ContractTests)}
            """);
    }
}
