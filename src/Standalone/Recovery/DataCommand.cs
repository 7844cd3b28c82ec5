using System.CommandLine;
using Chitti.Domain;
using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>Common parts of the commands that work on a data folder.</summary>
internal static class DataCommand
{
    public static Option<string?> Folder() => new("--data")
    {
        Description = "Data folder; the setting Chitti:DataPath by default.",
        HelpName = "folder",
    };

    /// <summary>Runs a command. Faults of the settings or the folder are printed as one message.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string command, string? folder, Func<DataServices, Task<int>> run)
    {
        try
        {
            await using var services = new DataServices(folder);
            return await run(services);
        }
        catch (OutageException exception)
        {
            return await RefuseAsync(command, exception.Message);
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            return await RefuseAsync(command, string.Join("; ", faults));
        }
    }

    private static async Task<int> RefuseAsync(string command, string why)
    {
        await Console.Error.WriteLineAsync($"chitti {command} could not run: {why}");
        return HostProgram.CouldNotRun;
    }
}
