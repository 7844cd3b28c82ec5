using System.Reflection;

namespace Chitti.Domain;

/// <summary>The running version of Chitti, as inspections and reports state it.</summary>
public static class SoftwareVersion
{
    private const int RevisionLength = 12;

    /// <summary>For example <c>0.1.0+4ade0b358c1f</c>; without the source revision if the build does not know it.</summary>
    public static string Current { get; } = Shorten(typeof(SoftwareVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private static string Shorten(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus
            ? version[..Math.Min(version.Length, plus + 1 + RevisionLength)]
            : version;
}
