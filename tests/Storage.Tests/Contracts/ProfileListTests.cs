namespace Chitti.Storage.Tests;

/// <summary>Contract of the profile list, for every database.</summary>
public abstract class ProfileListTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    [Fact]
    public async Task UpsertAsync_OlderVersionArrivesLate_NewerStays()
    {
        var newer = new ProfileRow("weld", 2, """{"v":2}""", Rows.Time);
        var casting = new ProfileRow("casting", 1, "{}", Rows.Time);
        await Storage.Profiles.UpsertAsync(newer);
        await Storage.Profiles.UpsertAsync(newer with { Version = 1, Document = "{}" });
        await Storage.Profiles.UpsertAsync(casting);

        Assert.Equal([casting, newer], await Storage.Profiles.ListAsync(null, 10));
        Assert.Equal([newer], await Storage.Profiles.ListAsync("casting", 10));
        Assert.Equal([casting], await Storage.Profiles.ListAsync(null, 1));
    }

    [Fact]
    public async Task ListAsync_NoLimit_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Storage.Profiles.ListAsync(null, 0));
}
