using System.Reflection;

namespace Chitti.Grains.Abstractions;

/// <summary>The version of Chitti that runs, as inspections and reports state it.</summary>
public static class SoftwareVersion
{
    /// <summary>For example <c>0.1.0</c>, with the source revision behind a plus where the build knows it.</summary>
    public static string Current { get; } = typeof(SoftwareVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
