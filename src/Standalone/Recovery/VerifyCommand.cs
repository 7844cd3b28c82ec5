using System.CommandLine;
using Chitti.Grains;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>The verb that holds the database and the objects against each other.</summary>
internal static class VerifyCommand
{
    private const string Verb = "verify";

    public static Command Create()
    {
        var data = DataCommand.Folder();
        var command = new Command(Verb, "Reads every picture of the data folder and compares it with what was recorded; lists objects that no file owns. Changes nothing, and may run beside a server. Exit code: 0 all is as it was stored, 1 something is not, 2 could not run.")
        {
            data,
        };
        command.SetAction((parsed, cancellationToken) => DataCommand.RunAsync(
            Verb, parsed.GetValue(data), services => RunAsync(services, cancellationToken)));
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
        return new VerifyRun(objects, new SqliteFileStore(database), new StorePairing(new SqlitePairing(database), objects)).RunAsync(
            TimeProvider.System.GetUtcNow() - services.Get<WorkOptions>().OrphanGrace, Console.Out, cancellationToken);
    }
}
