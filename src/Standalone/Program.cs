using System.CommandLine;
using System.CommandLine.Invocation;
using Chitti.Standalone;

var root = new RootCommand("Chitti inspects pictures of parts. Without a verb it serves the API.")
{
    // What is left over is configuration, for example --urls or --Chitti:DataPath.
    TreatUnmatchedTokensAsErrors = false,
};
root.Subcommands.Add(InspectCommand.Create());
root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(args, cancellationToken));
var parsed = root.Parse(args);

// Not the library's 1, which says of an inspection that a part did not pass.
const int CouldNotRun = 2;

// Configuration begins with a dash or a slash, or has an equals sign.
if (parsed.CommandResult.Command == root && args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal))
{
    await Console.Error.WriteLineAsync($"There is no verb '{word}'; there is: inspect. Without one the server starts.");
    return CouldNotRun;
}

if (parsed.Action is not ParseErrorAction)
{
    // The library ends the process two seconds after SIGTERM; the host takes up to thirty to finish what runs.
    return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
}

await Console.Error.WriteLineAsync($"{string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message))}{Environment.NewLine}chitti inspect --help says how it is used.");
return CouldNotRun;
