using System.CommandLine;
using Chitti.Detection;
using Chitti.Gateway;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>The verb that makes files of pictures that the database does not know.</summary>
internal static class RecoverCommand
{
    private const string Verb = "recover";

    public static Command Create()
    {
        var data = DataCommand.Folder();
        var dryRun = new Option<bool>("--dry-run") { Description = "Changes nothing, and says what would be done." };
        var command = new Command(Verb, "Makes files of pictures in the data folder that the database does not know, after it was lost or a backup was put back. Exit code: 0 all recovered, 1 some were left out, 2 could not run.")
        {
            data, dryRun,
        };
        command.SetAction((parsed, cancellationToken) => DataCommand.RunAsync(
            Verb, parsed.GetValue(data), services => RunAsync(services, parsed.GetValue(dryRun), cancellationToken)));
        return command;
    }

    private static Task<int> RunAsync(DataServices services, bool dryRun, CancellationToken cancellationToken)
    {
        if (!dryRun)
        {
            services.Lock();
        }

        var objects = services.OpenObjects(dryRun);
        var database = dryRun && MissingDatabase.FindLog(services.Data) is null && MissingDatabase.IsMissing(services.Data)
            ? services.OpenEmptyDatabase()
            : services.OpenDatabase(dryRun);
        return new RecoverRun(
            objects, new SqliteFileStore(database), new SqliteProfileList(database), new StorePairing(new SqlitePairing(database), objects), services.Get<ImageLimits>())
            .RunAsync(dryRun, ShippedProfiles(services.Get<ModelOptions>()), services.Get<GatewayOptions>().DefaultProfile, Console.Out, cancellationToken);
    }

    private static string[] ShippedProfiles(ModelOptions options)
    {
        try
        {
            return [.. ModelFolder.Load(options.ModelsPath, options.DefaultModel).Models.Where(model => model.ProfilePath is not null).Select(model => model.Description.Id)];
        }
        catch (ModelRefusedException)
        {
            // Pictures are recovered without models too; the next start says what is wrong with them.
            return [];
        }
    }
}
