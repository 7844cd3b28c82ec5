using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains.Tests;

public class ModelGrainTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;

    private static ModelSnapshot Facts(string id) => TestModels.Shelf.Default.ToSnapshot() with { Identity = new(id, id, "1", id) };

    [Fact]
    public async Task Start_ModelOfTheShelf_IsRegisteredWithTheFactsInItsFile()
    {
        var model = await _silo.Grains.GetGrain<IModelGrain>("pcb-defects").GetAsync();

        var known = TestModels.Shelf.Default.Description;
        Assert.Equal(new ModelIdentity(known.Id, known.Name, known.Version, known.Sha256), model!.Identity);
        Assert.Equal(known.Classes, model.Classes);
        Assert.Equal((known.InputWidth, known.InputHeight), (model.InputWidth, model.InputHeight));
    }

    [Fact]
    public async Task Get_UnknownModel_IsNull() => Assert.Null(await _silo.Grains.GetGrain<IModelGrain>("x-ray").GetAsync());

    [Fact]
    public async Task Register_ChangedFacts_Overwrite()
    {
        var grain = _silo.Grains.GetGrain<IModelGrain>("changed");
        await grain.RegisterAsync(Facts("changed"));

        await grain.RegisterAsync(Facts("changed") with { Classes = ["scratch"] });

        Assert.Equal(["scratch"], (await grain.GetAsync())!.Classes);
    }

    [Fact]
    public async Task Restart_WithoutARegisteredModel_KeepsItsFactsAndItsProfiles()
    {
        using var data = new TempFolder();
        await using (var silo = await SiloHost.StartAsync(data, FakeEngine.Finding()))
        {
            await silo.Grains.GetGrain<IModelGrain>("removed").RegisterAsync(Facts("removed"));
            await silo.Grains.GetGrain<IModelListGrain>(0).RegisterAsync(["removed"], "removed");
        }

        await using var restarted = await SiloHost.StartAsync(data, FakeEngine.Finding());

        var list = await restarted.Grains.GetGrain<IModelListGrain>(0).ListAsync();
        Assert.Equal(["pcb-defects", "removed"], list.Models.Select(model => model.Identity.Id));
        Assert.Equal("pcb-defects", list.DefaultId);
        var reply = await restarted.Grains.GetGrain<IProfileGrain>("of-removed").CreateAsync(Given.WholeProfile() with { ModelId = "removed" });
        Assert.Empty(reply.Errors);
    }

    [Fact]
    public async Task Restart_SameModels_WritesNothing()
    {
        using var data = new TempFolder();
        await (await SiloHost.StartAsync(data, FakeEngine.Finding())).DisposeAsync();
        var plan = new FailurePlan();

        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.AddStateFailures(plan));

        Assert.Equal(0, plan.CallsOf("Write"));
    }

    [Fact]
    public async Task Register_WriteFails_IsNotKnownUntilItIsRepeated()
    {
        using var data = new TempFolder();
        var plan = new FailurePlan();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(), services => services.AddStateFailures(plan));
        var (model, list) = (silo.Grains.GetGrain<IModelGrain>("half"), silo.Grains.GetGrain<IModelListGrain>(0));
        plan.Fail("Write", 1);
        await Assert.ThrowsAnyAsync<Exception>(() => model.RegisterAsync(Facts("half")));
        Assert.Null(await model.GetAsync());
        await model.RegisterAsync(Facts("half"));
        plan.Fail("Write", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => list.RegisterAsync(["half"], "half"));

        Assert.Equal("pcb-defects", (await list.ListAsync()).DefaultId);
        await list.RegisterAsync(["half"], "half");
        Assert.Equal(["half", "pcb-defects"], (await list.ListAsync()).Models.Select(known => known.Identity.Id));
    }
}
