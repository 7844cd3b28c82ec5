using System.Globalization;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// A cgroup that leaves single threads of a server next to no processor time, as a busy machine would, while the others go on.
/// Needs root and the cpu hierarchy of cgroups version 1, which can hold the threads of a process apart.
/// </summary>
internal sealed class ProcessorGroup : IDisposable
{
    private const int PeriodMicroseconds = 1_000_000;

    private readonly string _parent;
    private readonly string _path;

    private ProcessorGroup(string parent)
    {
        _parent = parent;
        _path = Directory.CreateDirectory(Path.Combine(parent, $"chitti-test-{Guid.NewGuid():N}")).FullName;
    }

    /// <summary>Null, reported as not run, where there can be no such group.</summary>
    /// <param name="share">Part of one processor that the threads have together.</param>
    public static ProcessorGroup? Create(double share)
    {
        try
        {
            if (FindHierarchy() is not { } parent)
            {
                return NotRunHere("no such hierarchy");
            }

            var group = new ProcessorGroup(parent);
            group.Write("cpu.cfs_period_us", PeriodMicroseconds);
            group.Write("cpu.cfs_quota_us", (int)(share * PeriodMicroseconds));
            return group;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotRunHere(exception.Message);
        }
    }

    /// <summary>Takes in the threads of a process whose names begin so.</summary>
    public void Add(int process, string name)
    {
        var threads = Directory.GetDirectories($"/proc/{process}/task")
            .Where(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(name, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(threads);
        threads.ForEach(task => Write("tasks", int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture)));
    }

    /// <summary>Gives the threads their time back.</summary>
    public void Release() => Write("cpu.cfs_quota_us", -1);

    public void Dispose()
    {
        // A thread without time could not even end.
        Release();
        foreach (var thread in File.ReadAllLines(Path.Combine(_path, "tasks")))
        {
            try
            {
                File.WriteAllText(Path.Combine(_parent, "tasks"), thread);
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        Directory.Delete(_path);
    }

    private static ProcessorGroup? NotRunHere(string why)
    {
        NotRun.Say($"threads without processor time: needs root and the cpu hierarchy of cgroups version 1 ({why})");
        return null;
    }

    private static string? FindHierarchy() => !OperatingSystem.IsLinux() ? null : File.ReadLines("/proc/mounts").Select(line => line.Split(' '))
        .FirstOrDefault(mount => mount[2] == "cgroup" && mount[3].Split(',').Contains("cpu"))?[1];

    private void Write(string file, int value) => File.WriteAllText(Path.Combine(_path, file), value.ToString(CultureInfo.InvariantCulture));
}
