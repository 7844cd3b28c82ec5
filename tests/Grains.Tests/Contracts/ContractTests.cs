using System.Reflection;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public class ContractTests
{
    private const string Regenerate = "CHITTI_WRITE_CONTRACTS";

    [Fact]
    public void Messages_Each_HasAUniqueAlias()
    {
        var types = MessageContract.Messages.Concat(MessageContract.GrainInterfaces).ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.StartsWith("chitti.", MessageContract.AliasOf(type) ?? $"nothing for {type}", StringComparison.Ordinal));
        Assert.Distinct(types.Select(MessageContract.AliasOf));
    }

    [Fact]
    public void Messages_EachMember_HasAnIdWithoutGaps() => Assert.All(
        MessageContract.Messages.Where(type => !type.IsEnum),
        type => Assert.Equal(
            Enumerable.Range(0, MessageContract.MembersOf(type).Count()).Select(id => (uint?)id),
            MessageContract.MembersOf(type).Select(member => member.Id).Order()));

    [Fact]
    public void GrainInterfaces_EachMethod_HasAnAliasAndATrailingCancellationToken() => Assert.All(
        MessageContract.GrainInterfaces,
        type =>
        {
            Assert.All(type.GetMethods(), method =>
            {
                Assert.False(string.IsNullOrEmpty(MessageContract.AliasOf(method)), $"{type.Name}.{method.Name}");
                Assert.EndsWith("Async", method.Name, StringComparison.Ordinal);
                Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
            });
            Assert.Distinct(type.GetMethods().Select(MessageContract.AliasOf));
        });

    [Fact]
    public void Grains_Each_HasAUniqueTypeNameAndIsInternalAndSealed()
    {
        var grains = MessageContract.Grains.ToList();

        Assert.NotEmpty(grains);
        Assert.All(grains, grain => Assert.True(
            grain is { IsSealed: true, IsPublic: false } && grain.GetCustomAttribute<GrainTypeAttribute>() is not null, grain.Name));
        Assert.Equal(grains.Count, grains.Select(grain => grain.GetCustomAttributesData()
            .Single(attribute => attribute.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value).Distinct().Count());
    }

    [Fact]
    public void Messages_CheckedIn_AreThoseOfTheCode()
    {
        var lines = MessageContract.Lines().ToList();
        var path = Path.Combine(Repository.Root, "tests", "Grains.Tests", "Contracts", "messages.txt");
        if (Environment.GetEnvironmentVariable(Regenerate) is { Length: > 0 })
        {
            File.WriteAllLines(path, lines);
        }

        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var changes = known.Except(lines).Select(line => $"- {line}").Concat(lines.Except(known).Select(line => $"+ {line}")).ToList();
        Assert.True(
            known.SequenceEqual(lines, StringComparer.Ordinal),
            $"""
            The messages between silos differ from {path}:
            {string.Join(Environment.NewLine, changes)}
            Silos of two builds talk to each other during a rollout: only additions are safe. If the change is meant, write the file
            anew with tools/contracts.sh and commit it.
            """);
    }
}
