using System.CommandLine;
using System.CommandLine.Invocation;
using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>The program's verbs. Without one it serves the API.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplication> build)
    {
        var root = new RootCommand("Chitti inspects pictures of parts. Without a verb it serves the API.")
        {
            // What is left over is configuration, for example --urls or --Chitti:DataPath.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.Subcommands.Add(InspectCommand.Create());
        root.SetAction((_, _) => HostProgram.RunAsync("chitti", build, app => Announcement.Write(app, Console.Out)));
        var parsed = root.Parse(args);
        var serves = parsed.CommandResult.Command == root;

        // Configuration begins with a dash or a slash, or has an equals sign.
        if (serves && args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync($"There is no verb '{word}'; there is: inspect. Without one the server starts.");
            return HostProgram.CouldNotRun;
        }

        if (parsed.Action is not ParseErrorAction)
        {
            // The host handles signals itself, and takes up to thirty seconds to finish what runs; the library would end the
            // process two seconds after the first.
            return await parsed.InvokeAsync(serves ? new() { ProcessTerminationTimeout = null } : new());
        }

        await Console.Error.WriteLineAsync($"{string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message))}{Environment.NewLine}chitti inspect --help says how it is used.");

        // Not the library's 1, which says of an inspection that a part did not pass.
        return HostProgram.CouldNotRun;
    }
}
