using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Tests;

/// <summary>Damage is reported when the file is opened, or when it is met later, and stops writes.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int Page = 4096;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SqliteOptions Options => new() { Path = _folder["chitti.db"] };

    [Fact]
    public async Task Constructor_PageIsOverwritten_SaysWhichFileIsDamaged()
    {
        using (var database = new SqliteDatabase(Options))
        {
            await new SqliteFileStore(database).AcceptAsync([.. Enumerable.Range(0, 500).Select(_ => Rows.File())], null);
        }

        Damage(RootOf("files"));

        var failure = Assert.Throws<InvalidDataException>(() => new SqliteDatabase(Options));
        Assert.StartsWith($"{Options.Path} is damaged (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoDatabase_SaysSo()
    {
        File.WriteAllText(Options.Path, new string('x', 10_000));

        Assert.Contains("is damaged (", Assert.Throws<InvalidDataException>(() => new SqliteDatabase(Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_EmptyFile_IsANewDatabase()
    {
        File.WriteAllText(Options.Path, "");

        new SqliteDatabase(Options).Dispose();
    }

    /// <summary>Without a check at start, as for the rest of a large file.</summary>
    [Fact]
    public async Task CheckAsync_AfterDamageWasMet_SaysSoAndNothingIsAccepted()
    {
        using (var database = new SqliteDatabase(Options))
        {
            await new SqliteFileStore(database).AcceptAsync([.. Enumerable.Range(0, 500).Select(_ => Rows.File())], null);
        }

        Damage(RootOf("files"));
        using var damaged = new SqliteDatabase(Options with { CheckPatience = TimeSpan.Zero });
        await damaged.CheckAsync();

        Assert.Equal(Outage.Database, (await Assert.ThrowsAsync<OutageException>(() => new SqliteFileStore(damaged).GetAsync(Guid.NewGuid()))).Outage);

        var outage = await Assert.ThrowsAsync<OutageException>(() => damaged.CheckAsync());
        Assert.Contains($"{Options.Path} is damaged (", outage.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OutageException>(() => new SqliteProfileList(damaged).UpsertAsync(new("weld", 1, "{}", Rows.Time)));
    }

    /// <summary>Number of a table's root page, 1-based.</summary>
    private int RootOf(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Options.Path};Pooling=false");
        return connection.ExecuteScalar<int>("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
    }

    private void Damage(int page)
    {
        using var file = File.OpenHandle(Options.Path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, new byte[Page], (page - 1) * (long)Page);
    }
}
