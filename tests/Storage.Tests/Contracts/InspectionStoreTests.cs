using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Contract of the inspection store, for every database.</summary>
public abstract class InspectionStoreTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    [Fact]
    public async Task GetAsync_OfACompletedFile_GivesAllOfIt()
    {
        var file = await AcceptAsync();
        var inspection = Rows.Inspection(file.Id, Verdict.Review, "crack", "pore") with { DecidedBy = 1, Overrides = new(0.5f, null) };
        await Files.CompleteAsync(inspection);

        Assert.Equal(Rows.Json(inspection), Rows.Json(await Storage.Inspections.GetAsync(inspection.Id!.Value)));
        Assert.Null(await Storage.Inspections.GetAsync(Guid.NewGuid()));
    }
}
