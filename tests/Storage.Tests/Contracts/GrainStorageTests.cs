using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Chitti.Storage.Tests;

/// <summary>Orleans' own provider with the statements from a database's migration.</summary>
public abstract class GrainStorageTests : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;
    private Action<AdoNetGrainStorageOptions> _configure = null!;

    /// <summary>Creates an empty database.</summary>
    /// <returns>How the provider connects to it.</returns>
    private protected abstract Task<Action<AdoNetGrainStorageOptions>> CreateDatabaseAsync();

    private protected abstract Task CloseDatabaseAsync();

    public async Task InitializeAsync()
    {
        _configure = await CreateDatabaseAsync();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            Add(silo, "keep", deleteOnClear: false);
            Add(silo, "delete", deleteOnClear: true);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await CloseDatabaseAsync();
    }

    public static IEnumerable<object[]> Keys =>
        from storage in new[] { "keep", "delete" }
        from kind in new[] { "guid", "string", "number", "guid+text", "number+text" }
        select new object[] { storage, kind };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task WriteReadClear_EveryKindOfKey_RoundTrips(string storage, string kind)
    {
        var store = Store(storage);
        var id = Id(kind);

        var first = await ReadAsync(store, id);
        Assert.False(first.RecordExists);
        Assert.Null(first.ETag);

        first.State!.Value = "one";
        await store.WriteStateAsync("note", id, first);
        first.State!.Value = "two";
        await store.WriteStateAsync("note", id, first);
        var again = await ReadAsync(store, id);
        Assert.Equal("two", again.State!.Value);
        Assert.Equal(first.ETag, again.ETag);
        Assert.False((await ReadAsync(store, id, "other-type")).RecordExists);

        await store.ClearStateAsync("note", id, again);
        Assert.Null((await ReadAsync(store, id)).State!.Value);
        Assert.False((await ReadAsync(store, id)).RecordExists);

        again.State!.Value = "three";
        await store.WriteStateAsync("note", id, again);
        Assert.Equal("three", (await ReadAsync(store, id)).State!.Value);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("delete")]
    public async Task WriteAndClear_StaleVersion_Conflict(string storage)
    {
        var store = Store(storage);
        var id = Id("guid");
        var unwritten = await ReadAsync(store, id);
        var newest = await ReadAsync(store, id);
        await store.WriteStateAsync("note", id, newest);
        var stale = await ReadAsync(store, id);
        await store.WriteStateAsync("note", id, newest);

        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteStateAsync("note", id, unwritten));
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteStateAsync("note", id, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.ClearStateAsync("note", id, stale));
        await store.WriteStateAsync("note", id, newest);
        stale = await ReadAsync(store, id);
        await store.WriteStateAsync("note", id, newest);
        await store.WriteStateAsync("note", id, newest);
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteStateAsync("note", id, stale));
    }

    [Fact]
    public async Task Write_RowDeletedByAnother_Conflict()
    {
        var store = Store("delete");
        var id = Id("string");
        var mine = await ReadAsync(store, id);
        await store.WriteStateAsync("note", id, mine);
        await store.ClearStateAsync("note", id, await ReadAsync(store, id));

        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteStateAsync("note", id, mine));
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("delete")]
    public async Task Clear_NeverWritten_CanBeWrittenAfter(string storage)
    {
        var store = Store(storage);
        var id = Id("string");
        var state = await ReadAsync(store, id);

        await store.ClearStateAsync("note", id, state);
        state.State!.Value = "later";
        await store.WriteStateAsync("note", id, state);

        Assert.Equal("later", (await ReadAsync(store, id)).State!.Value);
    }

    [Fact]
    public async Task Grain_FiveHundredAtOnceAndReactivated_KeepTheirState()
    {
        var grains = Enumerable.Range(0, 500).Select(_ => _cluster.Client.GetGrain<INoteGrain>(Guid.NewGuid())).ToList();

        await Task.WhenAll(grains.Select((grain, i) => grain.SetAsync($"note {i}")));
        await _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var notes = await Task.WhenAll(grains.Select(grain => grain.GetAsync()));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"note {i}"), notes);
    }

    [Fact]
    public async Task Grain_StateWrittenByAnother_ConflictsOnceThenReadsAgain()
    {
        var grain = _cluster.Client.GetGrain<INoteGrain>(Guid.NewGuid());
        await grain.SetAsync("mine");
        var store = Store("keep");
        var other = await ReadAsync(store, grain.GetGrainId(), "note");
        other.State!.Value = "other";
        await store.WriteStateAsync("note", grain.GetGrainId(), other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.SetAsync("lost"));

        Assert.Equal("other", await grain.GetAsync());
    }

    private void Add(ISiloBuilder silo, string name, bool deleteOnClear) => silo.AddAdoNetGrainStorage(name, options =>
    {
        _configure(options);
        options.DeleteStateOnClear = deleteOnClear;
    });

    private IGrainStorage Store(string name) =>
        _cluster.Silos.First().ServiceProvider.GetRequiredKeyedService<IGrainStorage>(name);

    private static GrainId Id(string kind) => GrainId.Create(GrainType.Create("note"), kind switch
    {
        "guid" => GrainIdKeyExtensions.CreateGuidKey(Guid.NewGuid()),
        "guid+text" => GrainIdKeyExtensions.CreateGuidKey(Guid.NewGuid(), "text"),
        "number" => GrainIdKeyExtensions.CreateIntegerKey(-42),
        "number+text" => GrainIdKeyExtensions.CreateIntegerKey(42, "text"),
        _ => IdSpan.Create("someone@example.com"),
    });

    private static async Task<GrainState<NoteState>> ReadAsync(IGrainStorage store, GrainId id, string type = "note")
    {
        var state = new GrainState<NoteState>(new NoteState());
        await store.ReadStateAsync(type, id, state);
        return state;
    }
}
