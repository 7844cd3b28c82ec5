using System.Reflection;
using Orleans.Concurrency;

namespace Chitti.Grains.Tests;

/// <summary>The wire contract as text: one line a type, a member, an interface and a method.</summary>
internal static class WireContract
{
    public static Assembly Domain { get; } = typeof(Chitti.Domain.Inspection).Assembly;

    public static Assembly Messages { get; } = typeof(Abstractions.IFileGrain).Assembly;

    public static Assembly Grains { get; } = typeof(FileState).Assembly;

    public static IEnumerable<Type> MessageTypes => new[] { Domain, Messages, Grains }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    public static IEnumerable<Type> GrainInterfaces => Messages.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    public static IEnumerable<string> Lines() =>
    [
        .. MessageTypes.OrderBy(AliasOf, StringComparer.Ordinal).SelectMany(LinesOfMessage),
        .. GrainInterfaces.OrderBy(AliasOf, StringComparer.Ordinal).SelectMany(LinesOfInterface),
    ];

    public static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    /// <summary>What is sent of a message: its stored properties, with their ids.</summary>
    public static IEnumerable<(PropertyInfo Property, uint? Id)> MembersOf(Type message) => message
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null)
        .Select(property => (property, property.GetCustomAttribute<IdAttribute>()?.Id));

    public static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[]";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : AliasOf(type) ?? type.Name;
    }

    private static IEnumerable<string> LinesOfMessage(Type type)
    {
        if (type.IsEnum)
        {
            yield return $"enum {AliasOf(type)} : {NameOf(Enum.GetUnderlyingType(type))}";
            foreach (var value in Enum.GetValues(type))
            {
                yield return $"{AliasOf(type)} {Convert.ToInt64(value, null)} {value}";
            }

            yield break;
        }

        yield return $"message {AliasOf(type)}";
        foreach (var (property, id) in MembersOf(type).OrderBy(member => member.Id))
        {
            yield return $"{AliasOf(type)} {id} {property.Name}: {NameOf(property.PropertyType)}";
        }
    }

    private static IEnumerable<string> LinesOfInterface(Type type)
    {
        yield return $"interface {AliasOf(type)} : {string.Join(", ", type.GetInterfaces().Select(NameOf).Where(name => name.StartsWith("IGrainWith", StringComparison.Ordinal)))}";
        foreach (var method in type.GetMethods().OrderBy(AliasOf, StringComparer.Ordinal))
        {
            var flags = string.Concat(
                method.IsDefined(typeof(ReadOnlyAttribute)) ? " read-only" : "",
                method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? " interleaves" : "");
            yield return $"{AliasOf(type)} {AliasOf(method)}({string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))}): {NameOf(method.ReturnType)}{flags}";
        }
    }
}
