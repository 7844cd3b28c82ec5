using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains.Tests;

public class ModelGrainTests(BlockedSilo blocked) : IClassFixture<BlockedSilo>
{
    private readonly SiloHost _silo = blocked.Host;

    [Fact]
    public async Task Get_ShippedModel_TellsWhatItsFileSays()
    {
        var model = await _silo.Grains.GetGrain<IModelGrain>("pcb-defects").GetAsync();

        var known = TestModels.Shelf.Default.Description;
        Assert.Equal(new ModelIdentity(known.Id, known.Name, known.Version, known.Sha256), model!.Identity);
        Assert.Equal(known.Classes, model.Classes);
        Assert.Equal((known.InputWidth, known.InputHeight, true), (model.InputWidth, model.InputHeight, model.IsDefault));
    }

    [Fact]
    public async Task Get_UnknownModel_IsNull() => Assert.Null(await _silo.Grains.GetGrain<IModelGrain>("x-ray").GetAsync());

    [Fact]
    public async Task List_Always_GivesEveryModelOfTheShelf()
    {
        var models = await _silo.Grains.GetGrain<IModelListGrain>(0).ListAsync();

        Assert.Equal(TestModels.Shelf.Models.Select(model => model.Description.Id), models.Select(model => model.Identity.Id));
        Assert.Single(models, model => model.IsDefault);
    }
}
