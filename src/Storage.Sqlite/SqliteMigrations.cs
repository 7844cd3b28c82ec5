using DbUp;
using DbUp.Sqlite.Helpers;

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
        var engine = DeployChanges.To.SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(typeof(SqliteMigrations).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .WithScript($"{Prefix}0004-grain-states", new GrainStates())
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();

        var known = engine.GetDiscoveredScripts().Select(s => s.Name).ToHashSet();
        var unknown = engine.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
        {
            throw new InvalidOperationException($"The database {path} is newer than this program: it has the migration {unknown}.");
        }

        var result = engine.PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} of {path} failed: {result.Error.Message}", result.Error);
        }

        return [.. result.Scripts.Select(s => s.Name[Prefix.Length..])];
    }
}
