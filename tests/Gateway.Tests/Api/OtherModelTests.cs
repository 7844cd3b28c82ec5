using System.Net;

namespace Chitti.Gateway.Tests;

/// <summary>A second model, which finds other classes than the default profile judges.</summary>
public sealed class OtherModelTests : IDisposable
{
    private readonly TempFolder _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task PostDetect_ModelThatDoesNotFindTheProfilesClasses_IsRefused()
    {
        ShippedModel.CopyTo(_models.Path);
        var other = ShippedModel.CopyTo(_models.Path, "other");
        File.Delete(Path.Combine(other, "profile.json"));
        ShippedModel.Replace(other, "manifest.json", "\"id\": \"pcb-defects\"", "\"id\": \"other\"");
        ShippedModel.Replace(other, "manifest.json", "\"open\", \"short\"", "\"scratch\", \"dent\"");
        await using var server = await TestServer.StartAsync($"--Chitti:ModelsPath={_models.Path}");

        var problem = await Problem.AssertAsync(
            await server.DetectAsync(Pictures.Sample("open.jpg"), "?model=other"), HttpStatusCode.BadRequest);
        using var fitting = await server.DetectAsync(Pictures.Sample("open.jpg"), "?model=pcb-defects");

        Assert.Equal(
            "does not find open, short, which profile 'pcb-defects' judges; it finds scratch, dent, mousebite, spur, spurious_copper, pin_hole",
            Problem.Error(problem, "model"));
        Assert.Equal(HttpStatusCode.OK, fitting.StatusCode);
    }
}
