using System.Diagnostics;
using System.Text;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// Makes system calls of a running process fail, from <see cref="StartAsync"/> to <see cref="EndAsync"/>. The calls are not
/// made; the process only gets the error. Uses <c>strace</c>, which needs the permission to trace.
/// </summary>
internal sealed class SyscallFault : IAsyncDisposable
{
    private readonly Process _strace;
    private readonly string _trace;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<bool> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SyscallFault(int processId, string calls, string error, int? nth, string[] paths)
    {
        _trace = Path.GetTempFileName();
        var when = nth is { } number ? $":when={number}" : "";
        _strace = new()
        {
            StartInfo = new(
                "strace",
                ["-f", "-y", "-xx", "-s", "4096", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}{when}", "-o", _trace,
                    "-p", $"{processId}", .. paths.SelectMany(path => new[] { "-P", path })])
            {
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        _strace.ErrorDataReceived += (_, line) => Read(line.Data);
        _strace.Exited += (_, _) => _attached.TrySetResult(false);
    }

    /// <summary>Returns when every thread of the process is traced; null, with a note for the test report, if tracing is not permitted.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="calls">For example <c>fsync,fdatasync</c>.</param>
    /// <param name="error">For example <c>EIO</c>.</param>
    /// <param name="nth">Fails only the n-th call of each thread, 1-based; null for every call.</param>
    /// <param name="paths">Fails only calls on these files or folders; empty for all.</param>
    public static async Task<SyscallFault?> StartAsync(int processId, string calls, string error, int? nth = null, params string[] paths)
    {
        var fault = new SyscallFault(processId, calls, error, nth, paths);
        try
        {
            fault._strace.Start();
            fault._strace.BeginErrorReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            fault._attached.TrySetResult(false);
        }

        if (await fault._attached.Task.WaitAsync(Wait.Deadline))
        {
            return fault;
        }

        NotRun.Say($"injected faults: strace can't attach to a process ({fault.Said.Trim()})");
        fault._strace.Dispose();
        File.Delete(fault._trace);
        return null;
    }

    private string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Lets all calls succeed again.</summary>
    /// <returns>All traced calls in the order of their start.</returns>
    public async Task<IReadOnlyList<SyncTrace.SystemCall>> EndAsync()
    {
        if (!_strace.HasExited)
        {
            // On this signal strace detaches from the process.
            using var interrupt = Process.Start("kill", ["-INT", $"{_strace.Id}"]);
            await interrupt.WaitForExitAsync();
        }

        await _strace.WaitForExitAsync().WaitAsync(Wait.Deadline);
        return SyncTrace.Read(_trace).All;
    }

    /// <summary>
    /// Ends the tracing of a process that a fault has killed. Of the many threads that die at once strace sometimes misses one and
    /// waits for it for ever, and until strace ends, the process stays a zombie.
    /// </summary>
    public async Task AbandonAsync()
    {
        _strace.Kill();
        await _strace.WaitForExitAsync().WaitAsync(Wait.Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _strace.Dispose();
        File.Delete(_trace);
    }

    private void Read(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains(" attached", StringComparison.Ordinal) == true)
        {
            _attached.TrySetResult(true);
        }
    }
}
