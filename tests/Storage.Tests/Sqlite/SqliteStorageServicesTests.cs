using Chitti.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Storage.Tests;

public sealed class SqliteStorageServicesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddSqliteStorage_EveryStore_SharesOneDatabase()
    {
        var opened = 0;
        var services = new ServiceCollection().AddSqliteStorage(_ =>
        {
            opened++;
            return new SqliteDatabase(new() { Path = _folder["chitti.db"] });
        });
        await using (var provider = services.BuildServiceProvider())
        {
            var file = Rows.File();
            await provider.GetRequiredService<IFileStore>().AcceptAsync([file], null);
            Assert.NotNull(await provider.GetRequiredService<IWorkLedger>().GetAsync(file.Id));
            Assert.Null(await provider.GetRequiredService<IReportStore>().GetAsync(file.Id));
            Assert.Null(await provider.GetRequiredService<IInspectionStore>().GetAsync(file.Id));
            Assert.Empty(await provider.GetRequiredService<IProfileList>().ListAsync(null, 1));
            await provider.GetRequiredService<IIdempotencyStore>().ReleaseAsync("s", "k", "me");
            await provider.GetRequiredService<IDatabaseProbe>().CheckAsync();
        }

        Assert.Equal(1, opened);
        Assert.All(services, service => Assert.NotNull(service.ImplementationFactory));
    }
}
