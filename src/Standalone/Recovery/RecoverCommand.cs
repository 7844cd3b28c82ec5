using System.CommandLine;
using Chitti.Detection;
using Chitti.Gateway;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;

namespace Chitti.Standalone;

/// <summary>The command <c>recover</c>.</summary>
internal static class RecoverCommand
{
    private const string Name = "recover";

    public static Command Create()
    {
        var data = DataCommand.Folder();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only print what would be done." };
        var command = new Command(Name, "Restores files that the database does not know from their objects, after the database was lost or restored from a backup. Exit code: 0 all recovered, 1 some could not be recovered, 2 could not run.")
        {
            data, dryRun,
        };
        command.SetAction((parsed, cancellationToken) => DataCommand.RunAsync(
            Name, parsed.GetValue(data), services => RunAsync(services, parsed.GetValue(dryRun), cancellationToken)));
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
        catch (ModelFaultException)
        {
            // Recovery does not need the models. The next start reports the fault.
            return [];
        }
    }
}
