using System.Diagnostics;
using System.Runtime.Versioning;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>
/// A folder with a copy of <c>run.sh</c>, an empty home folder and stubs of the programs that the script calls, so nothing is
/// built or installed. The fonts of the system are those below <c>system</c>.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Checkout : IDisposable
{
    /// <summary>What the stub of the built program prints.</summary>
    public const string ProgramOutput = "PASS    board.jpg\n";

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TempFolder _folder = new();

    public Checkout()
    {
        File.Copy(Repository.Path("run.sh"), In("run.sh"));
        Directory.CreateDirectory(In("home"));
        Stub("dotnet", $$"""
            if [ "$1" = build ]; then
                echo "output of the build"
                test ! -e {{In("build-fails")}}
            elif [ "$2" = dotnet ]; then
                # For a test with the real program, which comes as the program's arguments.
                shift
                PATH=${PATH#*:}
                exec "$@"
            else
                printf %s '{{ProgramOutput}}'
            fi
            """);
        Stub("apt-get", $"""
            echo "$*" >>{In("apt-get.log")}
            test ! -e {In("apt-get-fails")}
            """);
        // Called with -n. The real sudo would not find the stub of apt-get.
        Stub("sudo", """
            shift
            exec "$@"
            """);
        Stub("find", $$"""
            PATH=${PATH#*:}
            exec find "${@/#\/usr\//{{In("system")}}/usr/}"
            """);
    }

    /// <summary>The arguments of each call of apt-get.</summary>
    public string[] AptGetCalls => File.Exists(In("apt-get.log")) ? File.ReadAllLines(In("apt-get.log")) : [];

    /// <summary>Adds an empty file.</summary>
    public void Add(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), "");
    }

    /// <summary>Runs the rest of the line as what the script has built; see <see cref="ServerOptions.Prefix"/>.</summary>
    public string[] Command => ["env", $"PATH={SearchPath}", $"HOME={In("home")}", "bash", In("run.sh")];

    private string SearchPath => $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [In("run.sh"), "inspect", "board.jpg"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = In("home");
        start.Environment["PATH"] = SearchPath;
        start.Environment.Remove("Chitti__FontPath");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Wait.Deadline);
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => _folder.Dispose();

    private void Stub(string program, string script)
    {
        var path = Path.Combine(Directory.CreateDirectory(In("bin")).FullName, program);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}\n");
        File.SetUnixFileMode(path, Executable);
    }

    private string In(string path) => Path.Combine(_folder.Path, path);
}
