using System.CommandLine;
using Chitti.Grains;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>The command <c>verify</c>.</summary>
internal static class VerifyCommand
{
    private const string Name = "verify";

    public static Command Create()
    {
        var data = DataCommand.Folder();
        var command = new Command(Name, "Checks the bytes of every file against the recorded size and SHA-256, and lists objects that no file owns. Changes nothing, and can run while the server is running. Exit code: 0 no faults, 1 faults, 2 could not run.")
        {
            data,
        };
        command.SetAction((parsed, cancellationToken) => DataCommand.RunAsync(
            Name, parsed.GetValue(data), services => RunAsync(services, cancellationToken)));
        return command;
    }

    private static Task<int> RunAsync(DataServices services, CancellationToken cancellationToken)
    {
        if (MissingDatabase.FindFault(services.Data) is { } fault)
        {
            throw new StartFaultException(fault);
        }

        var objects = services.OpenObjects(readOnly: true);
        var database = services.OpenDatabase(readOnly: true);
        return new VerifyRun(objects, new SqliteFileStore(database), new SqliteProfileList(database), new StorePairing(new SqlitePairing(database), objects)).RunAsync(
            TimeProvider.System.GetUtcNow() - services.Get<WorkOptions>().OrphanGrace, Console.Out, cancellationToken);
    }
}
