using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A model whose folder is missing at the next start stays registered but can't be run.</summary>
public sealed class RemovedModelTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ModelFolderRemoved_IsKnownButNotAvailable()
    {
        var models = Path.Combine(_folder.Path, "models");
        ShippedModel.CopyTo(models);
        var other = ShippedModel.CopyTo(models, "other");
        File.Delete(Path.Combine(other, "profile.json"));
        ShippedModel.Replace(other, "manifest.json", "\"id\": \"pcb-defects\"", "\"id\": \"other\"");
        var options = new ServerOptions(_folder.Path) { Environment = new Dictionary<string, string> { ["Chitti__ModelsPath"] = models } };
        await using (var first = await ServerProcess.StartAsync(options))
        {
            Assert.Equal([("other", true), ("pcb-defects", true)], await ListAsync(first));
            await first.StopAsync();
        }

        Directory.Delete(other, recursive: true);
        await using var server = await ServerProcess.StartAsync(options);

        Assert.Equal([("other", false), ("pcb-defects", true)], await ListAsync(server));
        Assert.Equal(HttpStatusCode.Created, await PostProfileAsync(server, "other"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostProfileAsync(server, "never-there"));
        using var image = new ByteArrayContent(Pictures.Sample("open.jpg"));
        await Problem.AssertAsync(await server.Http.PostAsync("/api/detect?model=other", image), HttpStatusCode.BadRequest, "other", "pcb-defects");
    }

    private static async Task<(string, bool)[]> ListAsync(ServerProcess server) =>
    [
        .. Json.Items(await server.Http.GetFromJsonAsync<JsonElement>("/api/models"))
            .Select(model => (model.Text("id")!, model.GetProperty("is_available").GetBoolean())),
    ];

    private static async Task<HttpStatusCode> PostProfileAsync(ServerProcess server, string model)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "models", "pcb-defects", "profile.json"));
        var profile = JsonNode.Parse(shipped)!.AsObject();
        (profile["id"], profile["model_id"]) = ($"of-{model}", model);
        using var response = await server.Http.PostAsJsonAsync("/api/profiles", profile);
        return response.StatusCode;
    }
}
