using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Sqlite;

/// <summary>Migrates a SQLite file to this program's schema. Scripts are embedded and numbered, and never edited once released.</summary>
public static class SqliteMigrations
{
    private const string Prefix = "Chitti.Storage.Migrations.Sqlite.";

    /// <summary>Runs the scripts that the file has not had yet, each in a transaction. Creates the file if needed.</summary>
    /// <returns>Names of the scripts that ran.</returns>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, or a script failed.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file can't be used.</exception>
    /// <exception cref="IOException">The folder can't be created, or its name can't be synced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to create the folder.</exception>
    public static IReadOnlyList<string> Upgrade(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.GetFullPath(options.Path);
        DiskSync.CreateFolder(Path.GetDirectoryName(path)!);
        using var connection = SqliteFile.Open(options);
        using var shared = new SharedConnection(connection);
        var engine = Build(DeployChanges.To.SqliteDatabase(shared));
        ThrowIfNewer(engine, path);

        var result = engine.PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} of {path} failed: {result.Error.Message}", result.Error);
        }

        return [.. result.Scripts.Select(s => s.Name[Prefix.Length..])];
    }

    /// <summary>Throws unless the file has exactly this program's schema. Does not change it.</summary>
    /// <exception cref="InvalidOperationException">The schema is older or newer; the message says which.</exception>
    /// <exception cref="SqliteException">The file does not exist or can't be used.</exception>
    public static void Check(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.GetFullPath(options.Path);
        var engine = Build(DeployChanges.To.SqliteDatabase(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = options.BusyTimeoutSeconds,
            Pooling = false,
            Mode = SqliteOpenMode.ReadOnly,
        }.ConnectionString));
        ThrowIfNewer(engine, path);
        if (engine.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"The database {path} has an older schema: it lacks the migration {missing[0].Name[Prefix.Length..]}.");
        }
    }

    private static UpgradeEngine Build(UpgradeEngineBuilder builder) =>
        builder
            .WithScriptsEmbeddedInAssembly(typeof(SqliteMigrations).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .WithScript($"{Prefix}0004-grain-states", new GrainStates())
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();

    private static void ThrowIfNewer(UpgradeEngine engine, string path)
    {
        var known = engine.GetDiscoveredScripts().Select(s => s.Name).ToHashSet();
        if (engine.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new InvalidOperationException($"The database {path} is newer than this program: it has the migration {unknown}.");
        }
    }
}
