using System.CommandLine;
using Chitti.Domain;
using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>What the verbs that work on a data folder have in common.</summary>
internal static class DataCommand
{
    public static Option<string?> Folder() => new("--data")
    {
        Description = "Data folder; the setting Chitti:DataPath by default.",
        HelpName = "folder",
    };

    /// <summary>Runs a verb; what a person can mend is told in one message.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string verb, string? folder, Func<DataServices, Task<int>> run)
    {
        try
        {
            await using var services = new DataServices(folder);
            return await run(services);
        }
        catch (OutageException exception)
        {
            return await RefuseAsync(verb, exception.Message);
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            return await RefuseAsync(verb, string.Join("; ", faults));
        }
    }

    private static async Task<int> RefuseAsync(string verb, string why)
    {
        await Console.Error.WriteLineAsync($"chitti {verb} could not run: {why}");
        return HostProgram.CouldNotRun;
    }
}
