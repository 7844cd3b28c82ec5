namespace Chitti.Storage.Tests;

public abstract class PairingTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    private readonly Func<Task<TestStorage>> _open = open;

    private IDatabasePairing Pairing => Storage.Pairing;

    [Fact]
    public async Task AdvanceAsync_Repeated_CountsUpAndKeepsTheIdentity()
    {
        var first = await Pairing.GetAsync();

        Assert.Equal(0, first.Generation);
        Assert.NotEqual(Guid.Empty, first.Database);
        Assert.Equal(first with { Generation = 1 }, await Pairing.AdvanceAsync());
        Assert.Equal(first with { Generation = 7 }, await Pairing.AdvanceAsync(least: 7));
        Assert.Equal(first with { Generation = 8 }, await Pairing.AdvanceAsync(least: 3));
        Assert.Equal(first with { Generation = 8 }, await Pairing.GetAsync());
    }

    [Fact]
    public async Task IsEmptyAsync_File_IsFalseAlsoAfterItsDeletion()
    {
        Assert.True(await Pairing.IsEmptyAsync());

        var file = await AcceptAsync();
        Assert.False(await Pairing.IsEmptyAsync());

        await Files.DeleteAsync(file.Id, "tester");
        Assert.False(await Pairing.IsEmptyAsync());
    }

    [Fact]
    public async Task IsEmptyAsync_Report_IsFalse()
    {
        await Storage.Reports.AddAsync(Guid.CreateVersion7(), Rows.Report(Guid.CreateVersion7()), Rows.Time);
        Assert.False(await Pairing.IsEmptyAsync());
    }

    [Fact]
    public async Task IsEmptyAsync_InspectionWithoutAFile_IsFalse()
    {
        await Files.CompleteAsync(Rows.Inspection(Rows.File().Id));
        Assert.False(await Pairing.IsEmptyAsync());
    }

    [Fact]
    public async Task Database_OfAnother_HasAnotherIdentity()
    {
        await using var other = await _open();

        Assert.NotEqual((await Pairing.GetAsync()).Database, (await other.Pairing.GetAsync()).Database);
    }
}
