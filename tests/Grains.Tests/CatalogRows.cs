using Chitti.Storage.Sqlite;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

/// <summary>What the catalog's contract can't be asked or told.</summary>
internal static class CatalogRows
{
    /// <summary>Puts a file's row back as if the write of its end had been lost.</summary>
    public static async Task ForgetEndAsync(SiloHost silo, Guid id)
    {
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        Assert.Equal(1, await connection.ExecuteAsync(
            "UPDATE files SET state = 'queued', inspection_id = NULL, verdict = NULL, completed_at = NULL WHERE id = @id",
            new { id = id.ToString("D") }));
    }

    public static async Task<long> CountInspectionsAsync(SiloHost silo)
    {
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM inspections");
    }

    /// <summary>Rows that Orleans keeps of a file's grain.</summary>
    public static async Task<long> CountStatesAsync(SiloHost silo, Guid fileId)
    {
        var key = fileId.ToByteArray();
        await using var connection = await silo.Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM OrleansStorage WHERE GrainIdN0 = @n0 AND GrainIdN1 = @n1",
            new { n0 = BitConverter.ToInt64(key, 0), n1 = BitConverter.ToInt64(key, 8) });
    }
}
