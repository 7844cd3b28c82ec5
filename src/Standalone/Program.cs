using Chitti.Standalone;
using System.CommandLine;


var root = new RootCommand("Chitti inspects pictures of parts. Without a verb it serves the API.")
{
    // What is left over is configuration, for example --urls or --Chitti:DataPath.
    TreatUnmatchedTokensAsErrors = false,
};
root.Subcommands.Add(InspectCommand.Create());
root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(args, cancellationToken));
return await root.Parse(args).InvokeAsync();
