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
}
