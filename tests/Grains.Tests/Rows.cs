using Chitti.Storage.Sqlite;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

/// <summary>Queries that the storage interfaces don't offer.</summary>
internal static class Rows
{
    public static async Task<long> CountInspectionsAsync(SiloHost silo)
    {
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM inspections");
    }

    /// <summary>Rows of grain state.</summary>
    public static async Task<long> CountStatesAsync(SiloHost silo)
    {
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM OrleansStorage");
    }

    /// <summary>Makes the lease on a file or report expire, as if its holder had crashed.</summary>
    public static async Task EndLeaseAsync(SiloHost silo, Guid id)
    {
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        Assert.Equal(1, await connection.ExecuteAsync(
            "UPDATE work SET lease_until = 1, due_at = 1 WHERE id = @id AND lease_until IS NOT NULL", new { id = id.ToString("D") }));
    }
}
