using Chitti.Domain;
using Chitti.Tests;

namespace Chitti.Storage.Tests;

/// <summary>Which databases and objects belong together, and that no crash makes them seem not to.</summary>
public sealed class StorePairingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Advance_NothingYet_PairsThem()
    {
        await using var database = SqliteTestStorage.Open();
        var pairing = Pair(database);

        Assert.Null(await pairing.FindFaultAsync());
        Assert.Null(await pairing.AdvanceAsync());
        Assert.Null(await pairing.AdvanceAsync());

        Assert.Equal(2, (await database.Pairing.GetAsync()).Generation);
        Assert.Null(await Pair(database).FindFaultAsync());
    }

    [Theory]
    [InlineData("files/00/x/original")]
    [InlineData("reports/00/x.pdf")]
    [InlineData("quarantine/20261125/files/00/x/original")]
    public async Task FindFault_EmptyDatabaseAndObjects_IsNew(string key)
    {
        await using var database = SqliteTestStorage.Open();
        await FolderObjectStoreTests.PutAsync(Store(), key, "x");

        Assert.Equal(PairingFault.NewDatabase, await Pair(database).FindFaultAsync());
        Assert.Equal(PairingFault.NewDatabase, await Pair(database).AdvanceAsync());
        Assert.Null(await Store().GetInfoAsync(StorePairing.Key));
        Assert.Equal(0, (await database.Pairing.GetAsync()).Generation);
    }

    [Fact]
    public async Task FindFault_EmptyDatabaseAndPairedObjects_IsNew()
    {
        await using var lost = SqliteTestStorage.Open();
        await Pair(lost).AdvanceAsync();
        await FolderObjectStoreTests.PutAsync(Store(), "files/00/x/original", "x");
        await using var database = SqliteTestStorage.Open();

        Assert.Equal(PairingFault.NewDatabase, await Pair(database).FindFaultAsync());
    }

    [Fact]
    public async Task Advance_FilesOfARelaseWithoutPairing_PairsThem()
    {
        await using var database = SqliteTestStorage.Open();
        var file = Rows.File();
        await database.Files.AcceptAsync([file], null);
        await FolderObjectStoreTests.PutAsync(Store(), file.Metadata.ObjectKey, "x");

        Assert.Null(await Pair(database).AdvanceAsync());
    }

    [Fact]
    public async Task FindFault_DatabasePutBack_IsOlder()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        await Pair(database).AdvanceAsync();
        await SetGenerationAsync(database, 1);

        Assert.Equal(PairingFault.OlderDatabase, await Pair(database).FindFaultAsync());
        Assert.Equal(PairingFault.OlderDatabase, await Pair(database).AdvanceAsync());
        Assert.Equal(1, (await database.Pairing.GetAsync()).Generation);
    }

    [Fact]
    public async Task FindFault_DatabaseOfBeforeItWasPaired_IsOther()
    {
        await using var newer = SqliteTestStorage.Open();
        await Pair(newer).AdvanceAsync();
        await FolderObjectStoreTests.PutAsync(Store(), "files/00/x/original", "x");
        await using var database = SqliteTestStorage.Open();
        await database.Files.AcceptAsync([Rows.File()], null);

        Assert.Equal(PairingFault.OtherDatabase, await Pair(database).FindFaultAsync());
    }

    [Fact]
    public async Task FindFault_ObjectsOfAnother_IsOther()
    {
        await using var other = SqliteTestStorage.Open();
        await Pair(other).AdvanceAsync();
        await using var database = SqliteTestStorage.Open();
        await database.Pairing.AdvanceAsync();

        Assert.Equal(PairingFault.OtherDatabase, await Pair(database).FindFaultAsync());
    }

    [Fact]
    public async Task FindFault_ObjectsAreGone_SaysSo()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        Directory.Delete(_folder["objects"], recursive: true);

        Assert.Equal(PairingFault.OtherObjects, await Pair(database).FindFaultAsync());
    }

    [Fact]
    public async Task FindFault_DamagedObject_IsUnreadable()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        await FolderObjectStoreTests.PutAsync(Store(), StorePairing.Key, "{");

        Assert.Equal(PairingFault.Unreadable, await Pair(database).FindFaultAsync());
        await Pair(database).PairAnewAsync();
        Assert.Null(await Pair(database).FindFaultAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Advance_DiesBeforeAWriteToTheStore_IsNoFaultAtTheNextStart(int writes)
    {
        await using var database = SqliteTestStorage.Open();
        var (left, died) = (writes, false);
        var dying = new HookedObjects(Store())
        {
            BeforeStage = () =>
            {
                if (left-- <= 0)
                {
                    died = true;
                    throw new OutageException(Outage.ObjectStore, "The process died here.");
                }
            },
        };
        for (var start = 0; start < 3 && !died; start++)
        {
            try
            {
                await new StorePairing(database.Pairing, dying).AdvanceAsync();
            }
            catch (OutageException)
            {
                // As far as the process came.
            }
        }

        Assert.True(died);
        Assert.Null(await Pair(database).FindFaultAsync());
        Assert.Null(await Pair(database).AdvanceAsync());
    }

    [Fact]
    public async Task PairAnew_OlderDatabase_LeavesItNoOlderThanBefore()
    {
        await using var database = SqliteTestStorage.Open();
        for (var start = 0; start < 5; start++)
        {
            await Pair(database).AdvanceAsync();
        }

        await SetGenerationAsync(database, 2);

        await Pair(database).PairAnewAsync();

        Assert.Equal(6, (await database.Pairing.GetAsync()).Generation);
        Assert.Null(await Pair(database).AdvanceAsync());
    }

    [Fact]
    public async Task Advance_TwentyAtOnce_IsNoFault()
    {
        await using var database = SqliteTestStorage.Open();
        var pairing = Pair(database);

        var faults = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pairing.AdvanceAsync()));

        Assert.All(faults, fault => Assert.Null(fault));
        Assert.Null(await pairing.FindFaultAsync());
    }

    /// <summary>A lower generation in the object store would hide that the database is older, once it is restored.</summary>
    [Fact]
    public async Task Advance_GenerationIsNotStored_Throws()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        var failing = new HookedObjects(Store()) { Commit = () => throw new OutageException(Outage.StorageFull, "full") };

        await Assert.ThrowsAsync<OutageException>(() => new StorePairing(database.Pairing, failing).AdvanceAsync());
        await Assert.ThrowsAsync<OutageException>(() => new StorePairing(database.Pairing, failing).PairAnewAsync());
    }

    [Fact]
    public async Task AdvanceUnlessFull_ObjectStoreIsFull_OnlyComparesThem()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        var full = new StorePairing(database.Pairing, new HookedObjects(Store()) { Commit = () => throw new OutageException(Outage.StorageFull, "full") });
        var down = new StorePairing(database.Pairing, new HookedObjects(Store()) { Commit = () => throw new OutageException(Outage.ObjectStore, "down") });

        Assert.Null(await full.AdvanceUnlessFullAsync());
        await Assert.ThrowsAsync<OutageException>(() => down.AdvanceUnlessFullAsync());
        await SetGenerationAsync(database, 0);
        Assert.Equal(PairingFault.OlderDatabase, await full.AdvanceUnlessFullAsync());
    }

    [Fact]
    public async Task Advance_AnotherSiloStoredAHigherGenerationFirst_IsNoFault()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        var overtaken = new HookedObjects(Store())
        {
            Commit = async () =>
            {
                await Pair(database).AdvanceAsync();
                throw new OutageException(Outage.ObjectStore, "exists");
            },
        };

        Assert.Null(await new StorePairing(database.Pairing, overtaken).AdvanceAsync());
    }

    [Fact]
    public async Task Advance_NotStoredAndTheOldOneIsDamaged_Throws()
    {
        await using var database = SqliteTestStorage.Open();
        await Pair(database).AdvanceAsync();
        var failing = new HookedObjects(Store())
        {
            Commit = async () =>
            {
                await FolderObjectStoreTests.PutAsync(Store(), StorePairing.Key, "{");
                throw new OutageException(Outage.ObjectStore, "lost");
            },
        };

        var outage = await Assert.ThrowsAsync<OutageException>(() => new StorePairing(database.Pairing, failing).AdvanceAsync());

        Assert.Equal("lost", outage.Message);
    }

    [Fact]
    public async Task FindFault_AnotherSiloPairsThemMeanwhile_IsNoFault()
    {
        await using var database = SqliteTestStorage.Open();
        var first = true;
        var overtaken = new HookedObjects(Store())
        {
            AfterOpen = async _ =>
            {
                if (first)
                {
                    first = false;
                    Assert.Null(await Pair(database).AdvanceAsync());
                }
            },
        };

        Assert.Null(await new StorePairing(database.Pairing, overtaken).FindFaultAsync());
        Assert.Equal(1, (await database.Pairing.GetAsync()).Generation);
    }

    private static Task<int> SetGenerationAsync(SqliteTestStorage database, long generation) => database.Database.WriteAsync(
        (connection, transaction) => Dapper.SqlMapper.Execute(connection, "UPDATE pairing SET generation = @generation", new { generation }, transaction), default);

    private FolderObjectStore Store() => new(new() { Root = _folder.Path });

    private StorePairing Pair(SqliteTestStorage database) => new(database.Pairing, Store());
}
