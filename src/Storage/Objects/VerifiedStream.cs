using System.Buffers;
using System.Security.Cryptography;

namespace Chitti.Storage;

/// <summary>
/// A stream over an object that checks the SHA-256 of all bytes before it returns the first. The check is made at the first
/// read, so it costs nothing where no bytes are read, as for a 304. Seekable; supports asynchronous reads only.
/// </summary>
public sealed class VerifiedStream : Stream
{
    private const int BufferBytes = 128 << 10;
    private readonly Stream _inner;
    private readonly string _key;
    private readonly byte[] _salt;
    private readonly byte[] _expected;
    private bool? _intact;

    internal VerifiedStream(Stream inner, long length, string key, byte[] salt, byte[] expected)
    {
        (_inner, Length, _key, _salt, _expected) = (inner, length, key, salt, expected);
        inner.Position = 0;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _inner.Position;
        set => _inner.Position = value;
    }

    /// <summary>Whether the bytes are the ones that were stored. Reads all of them at the first call and keeps the position.</summary>
    /// <exception cref="InvalidDataException">The object can't be read.</exception>
    public async ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default)
    {
        if (_intact is { } known)
        {
            return known;
        }

        var position = _inner.Position;
        var intact = await HashAsync(cancellationToken).ConfigureAwait(false);
        _inner.Position = position;
        _intact = intact;
        return intact;
    }

    /// <inheritdoc/>
    /// <exception cref="AlteredObjectException">The bytes differ from the ones that were stored.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await IsIntactAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new AlteredObjectException(_key);
        }

        var left = (int)Math.Min(buffer.Length, Math.Max(0, Length - _inner.Position));
        return left == 0 ? 0 : await _inner.ReadAsync(buffer[..left], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="AlteredObjectException">The bytes differ from the ones that were stored.</exception>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _inner.Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _inner.Position + offset,
        _ => Length + offset,
    };

    /// <summary>Not supported.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<bool> HashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_salt);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            _inner.Position = 0;
            for (var left = Length; left > 0;)
            {
                var read = await _inner.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return false;
                }

                hash.AppendData(buffer, 0, read);
                left -= read;
            }

            return hash.GetHashAndReset().AsSpan().SequenceEqual(_expected);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
