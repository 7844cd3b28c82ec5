using System.Security.Cryptography;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

/// <summary>Brings files in as the gateway does: bytes, then rows, then grains.</summary>
internal static class Uploads
{
    public static async Task<FileRow> StoreAsync(SiloHost silo, byte[] bytes, ProfileReference? profile = null)
    {
        var id = Guid.CreateVersion7();
        var row = new FileRow
        {
            Id = id,
            Name = "board.jpg",
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            MediaType = "image/jpeg",
            Width = 640,
            Height = 640,
            ObjectKey = $"files/{id.ToString("N")[^2..]}/{id:D}/original",
            ProfileId = profile?.Id ?? "pcb-defects",
            ProfileVersion = profile?.Version ?? 1,
            State = "queued",
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        await using var staged = await silo.Services.GetRequiredService<IObjectStore>().StageAsync();
        await staged.Content.WriteAsync(bytes);
        await staged.CommitAsync(row.ObjectKey);
        await silo.Services.GetRequiredService<ICatalog>().AddFilesAsync([row], null);
        return row;
    }

    public static async Task<IFileGrain> UploadAsync(SiloHost silo, byte[] bytes, ProfileReference? profile = null)
    {
        var row = await StoreAsync(silo, bytes, profile);
        var file = silo.Grains.GetGrain<IFileGrain>(row.Id);
        await file.RegisterAsync(FileRows.ToRegistration(row));
        return file;
    }

    public static Task<FileSnapshot> WaitForEndAsync(IFileGrain file) => Eventually.GetAsync(
        async () => (await file.GetAsync())!, snapshot => snapshot.Status is FileStatus.Completed or FileStatus.Failed);
}
