using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Grains.Tests;

public class ProfileGrainTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;

    [Fact]
    public async Task Create_NewProfile_IsVersionOneAndListed()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("new");

        var reply = await grain.CreateAsync(Given.WholeProfile());

        Assert.Equal((false, 0), (reply.Conflict, reply.Errors.Count));
        Assert.Equal(new ProfileReference("new", 1), reply.Version!.Reference);
        Assert.Equal("Board", (await grain.GetAsync())!.Profile.Name);
        Assert.Contains(await _silo.Profiles.ListAsync(null, 100), row => row is { Id: "new", Version: 1 });
    }

    [Fact]
    public async Task Create_IdTaken_IsAConflictAndChangesNothing()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("taken");
        await grain.CreateAsync(Given.WholeProfile());

        var reply = await grain.CreateAsync(Given.WholeProfile() with { Name = "Other" });

        Assert.True(reply.Conflict);
        Assert.Null(reply.Version);
        Assert.Equal("Board", (await grain.GetAsync())!.Profile.Name);
    }

    [Fact]
    public async Task AddVersion_UnknownProfile_IsAConflict()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("never-created");

        Assert.True((await grain.AddVersionAsync(Given.WholeProfile())).Conflict);
        Assert.Null(await grain.GetAsync());
    }

    [Fact]
    public async Task AddVersion_Twice_KeepsEveryVersionAsItWas()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("growing");
        var first = (await grain.CreateAsync(Given.WholeProfile())).Version!;

        await grain.AddVersionAsync(Given.WholeProfile() with { Name = "Second" });
        await grain.AddVersionAsync(Given.WholeProfile() with { Name = "Third" });

        var kept = await grain.GetAsync(1);
        Assert.Equal(("Board", first.CreatedAt), (kept!.Profile.Name, kept.CreatedAt));
        Assert.Equal("Second", (await grain.GetAsync(2))!.Profile.Name);
        Assert.Equal("Third", (await grain.GetAsync())!.Profile.Name);
        Assert.Contains(await _silo.Profiles.ListAsync(null, 100), row => row is { Id: "growing", Version: 3 });
    }

    [Fact]
    public async Task AddVersion_SameAgain_GivesTheStoredOne()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("repeated");
        await grain.CreateAsync(Given.WholeProfile());
        var changed = Given.WholeProfile() with { Criteria = [Given.Criterion() with { Zone = [new(0, 0), new(1, 0), new(1, 1)] }] };

        var first = await grain.AddVersionAsync(changed);
        var second = await grain.AddVersionAsync(Given.WholeProfile() with { Criteria = [Given.Criterion() with { Zone = [new(0, 0), new(1, 0), new(1, 1)] }] });

        Assert.Equal(2, first.Version!.Reference.Version);
        Assert.Equal((first.Version.Reference, first.Version.CreatedAt, 0), (second.Version!.Reference, second.Version.CreatedAt, second.Errors.Count));
        Assert.Null(await grain.GetAsync(3));
    }

    [Fact]
    public async Task Start_ShippedProfileLeftOutOfTheList_ListsIt()
    {
        using var data = new TempFolder();
        var profiles = new FailurePlan();
        profiles.Fail(nameof(IProfileList.UpsertAsync), 1);
        await Assert.ThrowsAnyAsync<Exception>(
            () => SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.AddFailures<IProfileList>(profiles)));

        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding());

        Assert.Contains(await silo.Profiles.ListAsync(null, 100), row => row is { Id: "pcb-defects", Version: 1 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task Get_UnknownVersion_IsNull(int version)
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>($"one-version{version}");
        await grain.CreateAsync(Given.WholeProfile());

        Assert.Null(await grain.GetAsync(version));
    }

    [Fact]
    public async Task Create_UnknownModel_NamesTheKnownOnes()
    {
        var reply = await _silo.Grains.GetGrain<IProfileGrain>("no-model").CreateAsync(Given.WholeProfile() with { ModelId = "x-ray" });

        Assert.Null(reply.Version);
        Assert.Equal("is 'x-ray'; existing models: pcb-defects", Assert.Single(reply.Errors["model_id"]));
    }

    [Fact]
    public async Task Create_UnknownClass_NamesTheModelsClasses()
    {
        var reply = await _silo.Grains.GetGrain<IProfileGrain>("no-class")
            .CreateAsync(Given.Profile(Given.Criterion(), Given.Criterion("rust")));

        Assert.Null(reply.Version);
        Assert.Equal(
            $"is 'rust'; model 'pcb-defects' finds: {string.Join(", ", TestModels.Shelf.Default.Description.Classes)}",
            Assert.Single(reply.Errors["criteria[1].class"]));
    }

    [Fact]
    public async Task AddVersion_SimultaneousCalls_EachGetsItsOwnNumber()
    {
        var grain = _silo.Grains.GetGrain<IProfileGrain>("crowded");
        await grain.CreateAsync(Given.WholeProfile());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => grain.AddVersionAsync(Given.WholeProfile() with { Name = $"{number}" })));

        Assert.Equal(Enumerable.Range(2, 20), replies.Select(reply => reply.Version!.Reference.Version).Order());
        foreach (var reply in replies)
        {
            Assert.Equal(reply.Version!.Profile.Name, (await grain.GetAsync(reply.Version.Reference.Version))!.Profile.Name);
        }
    }

    [Fact]
    public async Task Get_AfterRestart_GivesEveryVersionWithEveryField()
    {
        using var data = new TempFolder();
        var given = Samples.Profile with { Name = "Kept" };
        await using (var silo = await SiloHost.StartAsync(data, FakeEngine.Finding()))
        {
            var grain = silo.Grains.GetGrain<IProfileGrain>("kept");
            await using (var reference = await silo.Objects.StageAsync())
            {
                await reference.Content.WriteAsync("0"u8.ToArray());
                await reference.CommitAsync(ReferenceObjects.KeyOf(Samples.Profile.References[0].Sha256));
            }

            Assert.Empty((await grain.CreateAsync(Samples.Profile)).Errors);
            await grain.AddVersionAsync(given);
        }

        await using var restarted = await SiloHost.StartAsync(data, FakeEngine.Finding());

        var read = restarted.Grains.GetGrain<IProfileGrain>("kept");
        Assert.Equal(Samples.Profile.Name, (await read.GetAsync(1))!.Profile.Name);
        Assert.Equivalent(given, (await read.GetAsync(2))!.Profile, strict: true);
    }
}
