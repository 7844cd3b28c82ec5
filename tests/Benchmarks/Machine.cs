using System.Runtime.InteropServices;

namespace Chitti.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() => string.Join(
        ", ",
        FindProcessor(),
        $"{Environment.ProcessorCount} cores",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        $"load before the run {FindLoad()}");

    private static string FindProcessor()
    {
        const string Name = "model name";
        var line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.OSArchitecture.ToString();
    }

    private static string FindLoad() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
