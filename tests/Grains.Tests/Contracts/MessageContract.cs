using System.Reflection;

namespace Chitti.Grains.Tests;

/// <summary>
/// The part of the contract between silos that the Orleans analyzer does not check, as text: each message with its members and
/// their ids, and the aliases of grain interfaces. Methods and grain classes are in each project's OrleansContracts.txt.
/// </summary>
internal static class MessageContract
{
    private static readonly Assembly _abstractions = typeof(Abstractions.IFileGrain).Assembly;

    public static IEnumerable<Type> Grains => new[] { typeof(ProfileState).Assembly, typeof(Detection.ModelEntry).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => typeof(Grain).IsAssignableFrom(type) && !type.IsAbstract);

    public static IEnumerable<Type> Messages => new[] { typeof(Domain.Outage).Assembly, _abstractions, typeof(ProfileState).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    public static IEnumerable<Type> GrainInterfaces =>
        _abstractions.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    public static IEnumerable<string> Lines() =>
    [
        .. Messages.OrderBy(AliasOf, StringComparer.Ordinal).SelectMany(LinesOf),
        .. GrainInterfaces.Select(type => $"interface {AliasOf(type)}").Order(StringComparer.Ordinal),
    ];

    public static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    /// <summary>The serialized members of a message, with their ids.</summary>
    public static IEnumerable<(PropertyInfo Property, uint? Id)> MembersOf(Type message) => message
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Select(property => (Property: property, property.GetCustomAttribute<IdAttribute>()?.Id))
        .Where(member => member.Id is not null || HasField(member.Property));

    private static bool HasField(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[]";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : AliasOf(type) ?? type.Name;
    }

    private static IEnumerable<string> LinesOf(Type message)
    {
        if (message.IsEnum)
        {
            yield return $"enum {AliasOf(message)} : {NameOf(Enum.GetUnderlyingType(message))}";
            foreach (var value in Enum.GetValues(message))
            {
                yield return $"{AliasOf(message)} {Convert.ToInt64(value, null)} {value}";
            }

            yield break;
        }

        yield return $"message {AliasOf(message)}";
        foreach (var (property, id) in MembersOf(message).OrderBy(member => member.Id))
        {
            yield return $"{AliasOf(message)} {id} {property.Name}: {NameOf(property.PropertyType)}";
        }
    }
}
