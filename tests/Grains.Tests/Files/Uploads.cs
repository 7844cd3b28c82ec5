using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

/// <summary>Brings files in as the gateway does: bytes, then rows, then grains.</summary>
internal static class Uploads
{
    public static async Task<FileRow> StoreAsync(SiloHost silo, byte[] bytes, ProfileReference? profile = null, byte? partition = null)
    {
        var id = partition is { } last ? WithLastByte(Guid.CreateVersion7(), last) : Guid.CreateVersion7();
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
        await PutAsync(silo, row.ObjectKey, bytes);
        await silo.Catalog.AddFilesAsync([row], null);
        return row;
    }

    public static async Task PutAsync(SiloHost silo, string key, byte[] bytes)
    {
        await using var staged = await silo.Objects.StageAsync();
        await staged.Content.WriteAsync(bytes);
        await staged.CommitAsync(key);
    }

    public static async Task<IFileGrain> UploadAsync(SiloHost silo, byte[] bytes, ProfileReference? profile = null, byte? partition = null)
    {
        var row = await StoreAsync(silo, bytes, profile, partition);
        var file = silo.Grains.GetGrain<IFileGrain>(row.Id);
        await file.ResumeAsync();
        return file;
    }

    /// <summary>The row once it says what the file came to.</summary>
    public static async Task<FileRow> WaitForRowAsync(SiloHost silo, Guid id) =>
        (await Eventually.GetAsync(() => silo.Catalog.GetFileAsync(id), row => row is { State: not "queued" }))!;

    private static Guid WithLastByte(Guid id, byte last)
    {
        var bytes = id.ToByteArray();
        bytes[^1] = last;
        return new(bytes);
    }

    public static Task<FileSnapshot> WaitForEndAsync(IFileGrain file) => Eventually.GetAsync(
        async () => (await file.GetAsync())!, snapshot => snapshot.Status is FileStatus.Completed or FileStatus.Failed);
}
