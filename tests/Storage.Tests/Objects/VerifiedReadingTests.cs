using System.Security.Cryptography;
using System.Text;

namespace Chitti.Storage.Tests;

/// <summary>Bytes are given only where all of them are those that were stored.</summary>
public sealed class VerifiedReadingTests : IDisposable
{
    private const string Key = "files/ab/1/original";
    private static readonly byte[] _bytes = RandomNumberGenerator.GetBytes(700_001);
    private static readonly string _sha256 = Convert.ToHexStringLower(SHA256.HashData(_bytes));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAllAsync_WholeAlteredAndMissing_GivesOnlyTheWhole()
    {
        var store = await StoreAsync(_bytes);
        using (var read = await store.ReadAllAsync(Key, _sha256.ToUpperInvariant(), default))
        {
            Assert.Equal(_bytes, read!.Memory.ToArray());
        }

        Alter();
        await Assert.ThrowsAsync<AlteredObjectException>(() => store.ReadAllAsync(Key, _sha256, default));
        Assert.Null(await store.ReadAllAsync("files/ab/2/original", _sha256, default));
    }

    [Fact]
    public async Task OpenVerifiedAsync_PartOfTheWhole_IsGiven()
    {
        var store = await StoreAsync(_bytes);
        await using var stream = await store.OpenVerifiedAsync(Key, _bytes.Length, _sha256);

        stream!.Seek(123_456, SeekOrigin.Begin);
        var part = new byte[1_000];
        await stream.ReadExactlyAsync(part);

        Assert.Equal(_bytes[123_456..124_456], part);
        Assert.Equal(124_456, stream.Position);
        stream.Position = 0;
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        Assert.Equal(_bytes, all.ToArray());
    }

    [Fact]
    public async Task OpenVerifiedAsync_Altered_GivesNoByteOfIt()
    {
        var store = await StoreAsync(_bytes);
        Alter();
        await using var stream = await store.OpenVerifiedAsync(Key, _bytes.Length, _sha256);

        stream!.Position = _bytes.Length - 10;
        await Assert.ThrowsAsync<AlteredObjectException>(async () => await stream.ReadExactlyAsync(new byte[5]));
        Assert.False(await stream.IsIntactAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700_000)]
    [InlineData(700_002)]
    public async Task OpenVerifiedAsync_AnotherSize_IsRefusedAtOnce(int size)
    {
        var store = await StoreAsync([.. _bytes, 0]);
        using (var file = File.OpenWrite(_folder[$"objects/{Key}"]))
        {
            file.SetLength(size);
        }

        await Assert.ThrowsAsync<AlteredObjectException>(() => store.OpenVerifiedAsync(Key, _bytes.Length, _sha256));
    }

    [Fact]
    public async Task OpenSealedAsync_SameSubject_GivesTheBytesAlone()
    {
        var store = await SealAsync("a");
        await using var stream = await store.OpenSealedAsync(Key, "a");

        Assert.True(await stream!.IsIntactAsync());
        Assert.Equal(_bytes.Length, stream.Length);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        Assert.Equal(_bytes, all.ToArray());
    }

    [Fact]
    public async Task OpenSealedAsync_OtherSubjectAlteredOrUnsealed_IsNotIntact()
    {
        var store = await SealAsync("a");
        await using (var other = await store.OpenSealedAsync(Key, "b"))
        {
            Assert.False(await other!.IsIntactAsync());
        }

        Alter();
        await using (var altered = await store.OpenSealedAsync(Key, "a"))
        {
            Assert.False(await altered!.IsIntactAsync());
        }

        await using (var unsealed = await (await StoreAsync(_bytes)).OpenSealedAsync(Key, "a"))
        {
            Assert.False(await unsealed!.IsIntactAsync());
        }

        Assert.Null(await (await StoreAsync(Encoding.UTF8.GetBytes("short"))).OpenSealedAsync(Key, "a"));
    }

    private void Alter()
    {
        using var file = File.Open(_folder[$"objects/{Key}"], FileMode.Open);
        file.Position = 350_000;
        file.WriteByte((byte)(_bytes[350_000] ^ 1));
    }

    private async Task<FolderObjectStore> StoreAsync(byte[] bytes)
    {
        var store = new FolderObjectStore(new() { Root = _folder.Path });
        await using var staged = await store.StageAsync();
        await staged.Content.WriteAsync(bytes);
        await staged.CommitAsync(Key);
        return store;
    }

    private async Task<FolderObjectStore> SealAsync(string subject)
    {
        var store = new FolderObjectStore(new() { Root = _folder.Path });
        await using var staged = await store.StageAsync();
        await staged.Content.WriteSealedAsync(_bytes, subject);
        await staged.CommitAsync(Key);
        return store;
    }
}
