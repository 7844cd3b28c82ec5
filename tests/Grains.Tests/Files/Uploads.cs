using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Chitti.Tests;
using Orleans.Concurrency;

namespace Chitti.Grains.Tests;

/// <summary>Uploads files as the gateway does: bytes, then rows, then the outbox.</summary>
internal static class Uploads
{
    /// <summary>Accepts a file without publishing it.</summary>
    public static async Task<FileSnapshot> StoreAsync(TestHost silo, byte[] bytes, ProfileReference? profile = null, byte? partition = null)
    {
        var id = partition is { } last ? WithLastByte(Guid.CreateVersion7(), last) : Guid.CreateVersion7();
        var metadata = new FileMetadata
        {
            Name = "board.jpg",
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            MediaType = "image/jpeg",
            Width = 640,
            Height = 640,
            ObjectKey = $"files/{id.ToString("N")[^2..]}/{id:N}/original",
            Profile = profile ?? new("pcb-defects", 1),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        await PutAsync(silo.Objects, metadata.ObjectKey, bytes);
        Assert.True(await silo.Files.AcceptAsync([(id, metadata)], null));
        return new() { Id = id, Metadata = metadata, Status = FileStatus.Queued };
    }

    public static async Task PutAsync(IObjectStore objects, string key, byte[] bytes)
    {
        await using var staged = await objects.StageAsync();
        await staged.Content.WriteAsync(bytes);
        await staged.CommitAsync(key);
    }

    public static Task PublishAsync(TestHost silo, params Guid[] ids) =>
        silo.Grains.GetGrain<IWorkOutboxGrain>(0).PublishFilesAsync(new Immutable<Guid[]>(ids));

    public static async Task<IFileGrain> UploadAsync(TestHost silo, byte[] bytes, ProfileReference? profile = null, byte? partition = null)
    {
        var file = await StoreAsync(silo, bytes, profile, partition);
        await PublishAsync(silo, file.Id);
        return silo.Grains.GetGrain<IFileGrain>(file.Id);
    }

    /// <summary>The row, once the file has completed or failed.</summary>
    public static async Task<FileSnapshot> WaitForRowAsync(TestHost silo, Guid id) =>
        (await Eventually.GetAsync(() => silo.Files.GetAsync(id), row => row is { Status: not FileStatus.Queued }))!;

    public static Task<FileSnapshot> WaitForEndAsync(IFileGrain file) => Eventually.GetAsync(
        async () => (await file.GetAsync())!, snapshot => snapshot.Status is FileStatus.Completed or FileStatus.Failed);

    private static Guid WithLastByte(Guid id, byte last)
    {
        var bytes = id.ToByteArray();
        bytes[^1] = last;
        return new(bytes);
    }
}
