using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary><c>chitti verify</c> names whatever is not as it was stored, and changes nothing.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_BesideARunningServer_FindsAllAsStored()
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path));
        await StoredFiles.UploadAsync(server.Http, "a.jpg", "b.jpg");

        var verification = await StoredFiles.RunAsync(_folder, "verify");

        Assert.True(verification.ExitCode == 0, verification.Output + verification.Error);
        Assert.Contains("Verified 2 files with ", verification.Output, StringComparison.Ordinal);
        Assert.EndsWith("No faults.", verification.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_References_AreCheckedAgainstTheirHashesAndTheProfiles()
    {
        string[] names = ["open.jpg", "short.jpg", "spur.jpg"];
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path)))
        {
            using var added = await server.Http.PostAsync(
                "/api/profiles/pcb-defects/references", names.Aggregate(new Form(), (form, name) => form.File(Reference(name), name)).ToContent());
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
            Assert.Equal(0, await server.StopAsync());
        }

        var whole = await StoredFiles.RunAsync(_folder, "verify");
        var keys = names.Select(name => Storage.ReferenceObjects.KeyOf(Convert.ToHexStringLower(SHA256.HashData(Reference(name))))).ToList();
        StoredFiles.Alter(_folder.PathOf(keys[0]));
        File.Delete(_folder.PathOf(keys[1]));

        var verification = await StoredFiles.RunAsync(_folder, "verify");

        Assert.True(whole.ExitCode == 0, whole.Output + whole.Error);
        Assert.Contains("and 3 references", whole.Output, StringComparison.Ordinal);
        Assert.Equal(1, verification.ExitCode);
        Assert.Contains($"ALTERED   {keys[0]}", verification.Output, StringComparison.Ordinal);
        Assert.Contains($"MISSING   {keys[1]} (short.jpg): a reference of profile 'pcb-defects' does not exist", verification.Output, StringComparison.Ordinal);
        Assert.EndsWith("Faults: 2.", verification.Output.TrimEnd(), StringComparison.Ordinal);

        // Nothing is inspected with what is not the reference.
        await using var again = await ServerProcess.StartAsync(new(_folder.Path));
        var id = (await StoredFiles.UploadAsync(again.Http, "a.jpg"))[0];
        var file = await Eventually.GetAsync(
            () => again.Http.GetFromJsonAsync<JsonElement>($"/api/files/{id}"), json => json.Text("state") is "completed" or "failed");
        Assert.Equal("failed", file.Text("state"));
        Assert.Contains("reference", file.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EachKindOfFault_IsNamedAndNothingIsChanged()
    {
        var ids = await StoredFiles.FillAsync(_folder, "altered.jpg", "missing.jpg", "cut.jpg", "folder.jpg", "metadata.jpg", "whole.jpg");
        var keys = ids.Select(StoredFiles.KeyOf).ToArray();
        StoredFiles.Alter(_folder.PathOf(keys[0]));
        File.Delete(_folder.PathOf(keys[1]));
        using (var cut = File.OpenWrite(_folder.PathOf(keys[2])))
        {
            cut.SetLength(cut.Length - 1);
        }

        File.Delete(_folder.PathOf(keys[3]));
        Directory.CreateDirectory(_folder.PathOf(keys[3]));
        var metadata = _folder.PathOf(Storage.FileObjects.MetadataOf(keys[4]));
        File.WriteAllText(metadata, File.ReadAllText(metadata).Replace("part of", "piece of", StringComparison.Ordinal));
        var (orphan, young) = (StoredFiles.KeyOf(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), StoredFiles.KeyOf(Guid.CreateVersion7()));
        foreach (var key in new[] { orphan, young })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(key))!);
            File.WriteAllText(_folder.PathOf(key), "x");
        }

        var before = _folder.Snapshot();

        var verification = await StoredFiles.RunAsync(_folder, "verify");

        Assert.True(verification.ExitCode == 1, verification.Output + verification.Error);
        string[] expected =
        [
            $"ALTERED   {keys[0]} (altered.jpg)", $"MISSING   {keys[1]} (missing.jpg)", $"ALTERED   {keys[2]} (cut.jpg)",
            $"UNREADABLE {keys[3]} (folder.jpg)", $"METADATA  {keys[4]} (metadata.jpg)", $"UNOWNED   {orphan}", $"YOUNG     {young}",
        ];
        Assert.All(expected, line => Assert.Contains(line, verification.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("whole.jpg", verification.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 objects are in quarantine. Faults: 6.", verification.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, _folder.Snapshot());
    }

    [Fact]
    public async Task Verify_DatabaseIsMissing_SaysSoAndMakesNone()
    {
        await StoredFiles.FillAsync(_folder, "a.jpg");
        StoredFiles.LoseDatabase(_folder);

        var verification = await StoredFiles.RunAsync(_folder, "verify");

        Assert.Equal(2, verification.ExitCode);
        Assert.Contains("is missing or empty", verification.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Database));
    }

    private static byte[] Reference(string name) => File.ReadAllBytes(Repository.Path("samples-references", name));
}
