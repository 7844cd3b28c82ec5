using System.CommandLine;
using System.CommandLine.Invocation;
using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>The program's commands. Without one it serves the API.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplication> build)
    {
        var root = new RootCommand("Chitti inspects images of parts. Without a command it serves the API.")
        {
            // Other arguments are configuration, for example --urls or --Chitti:DataPath.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.Subcommands.Add(InspectCommand.Create());
        root.Subcommands.Add(EvaluateCommand.Create());
        root.Subcommands.Add(ModelCommand.Create());
        root.Subcommands.Add(RecoverCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.SetAction((_, _) => HostProgram.RunAsync("chitti", build, app => Announcement.Write(app, Console.Out)));
        var parsed = root.Parse(args);
        var serves = parsed.CommandResult.Command == root;

        // Configuration arguments begin with a dash or a slash, or contain an equals sign.
        if (serves && args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync($"Unknown command '{word}'. The commands are {string.Join(", ", root.Subcommands.Select(command => command.Name))}; without a command the server starts.");
            return HostProgram.CouldNotRun;
        }

        if (parsed.Action is not ParseErrorAction)
        {
            // The host handles signals itself and takes up to thirty seconds to finish work in progress. By default the library
            // ends the process two seconds after a signal.
            return await parsed.InvokeAsync(serves ? new() { ProcessTerminationTimeout = null } : new());
        }

        await Console.Error.WriteLineAsync($"{string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message))}{Environment.NewLine}See chitti {parsed.CommandResult.Command.Name} --help.");

        // Not the library's 1, which for inspect means that not all images passed.
        return HostProgram.CouldNotRun;
    }
}
