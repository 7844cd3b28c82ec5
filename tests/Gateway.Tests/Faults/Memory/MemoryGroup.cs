using System.Globalization;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// A memory cgroup, of version 1 or 2, for the processes that a test starts: beyond its limit the kernel kills them. Needs
/// root and a writable cgroup file system.
/// </summary>
internal sealed class MemoryGroup : IAsyncDisposable
{
    private readonly string _path;
    private readonly bool _unified;

    private MemoryGroup(string path, bool unified) => (_path, _unified) = (path, unified);

    /// <summary>The prefix that puts a server into the group; see <see cref="ServerOptions.Prefix"/>.</summary>
    public string[] Command => ["sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", Path.Combine(_path, "cgroup.procs")];

    /// <summary>Processes that the kernel killed because the limit was reached.</summary>
    public long Kills => Read(_unified ? "memory.events" : "memory.oom_control", "oom_kill ");

    /// <summary>Most bytes the group held, the page cache included.</summary>
    public long PeakBytes => Read(_unified ? "memory.peak" : "memory.max_usage_in_bytes", "");

    /// <summary>Null, reported as not run, where a group can't be made.</summary>
    public static MemoryGroup? Create(long bytes)
    {
        try
        {
            return Mounts().Select(mount => TryCreate(mount.Path, mount.Unified, bytes)).FirstOrDefault(group => group is not null) ?? NotRunHere("no writable hierarchy");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotRunHere(exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A process that was killed a moment ago may still be listed.
        await Wait.UntilAsync(() => File.ReadAllText(Path.Combine(_path, "cgroup.procs")).Length == 0, () => $"{_path} is empty");
        Directory.Delete(_path);
    }

    private static MemoryGroup? NotRunHere(string why)
    {
        NotRun.Say($"memory limits: needs root and a memory cgroup ({why})");
        return null;
    }

    /// <summary>The group of this process in each hierarchy that has a memory controller; the hierarchy's root where it can't be seen.</summary>
    private static IEnumerable<(string Path, bool Unified)> Mounts()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        var own = File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3)).ToList();
        foreach (var mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).ToList())
        {
            var unified = mount[2] == "cgroup2";
            if (!unified && !(mount[2] == "cgroup" && mount[3].Split(',').Contains("memory")))
            {
                continue;
            }

            var group = own.Find(line => unified ? line[0] == "0" : line[1].Split(',').Contains("memory"))?[2] ?? "/";
            var path = Path.Join(mount[1], group);
            yield return (!unified && Directory.Exists(path) ? path : mount[1], unified);
        }
    }

    private static MemoryGroup? TryCreate(string parent, bool unified, long bytes)
    {
        if (unified && !File.ReadAllText(Path.Combine(parent, "cgroup.subtree_control")).Split().Contains("memory"))
        {
            return null;
        }

        var group = new MemoryGroup(Directory.CreateDirectory(Path.Combine(parent, $"chitti-test-{Guid.NewGuid():N}")).FullName, unified);
        try
        {
            group.Write(unified ? "memory.max" : "memory.limit_in_bytes", bytes);

            // What is swapped out is not counted.
            group.WriteIfThere(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes", unified ? 0 : bytes);
            return group;
        }
        catch
        {
            Directory.Delete(group._path);
            throw;
        }
    }

    private void Write(string file, long value) => File.WriteAllText(Path.Combine(_path, file), value.ToString(CultureInfo.InvariantCulture));

    private void WriteIfThere(string file, long value)
    {
        if (File.Exists(Path.Combine(_path, file)))
        {
            Write(file, value);
        }
    }

    private long Read(string file, string name) => long.Parse(
        File.ReadLines(Path.Combine(_path, file)).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
}
