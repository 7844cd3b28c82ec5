namespace Chitti.Storage;

/// <summary>A stream that translates the exceptions of another, so that callers need not know the underlying storage.</summary>
/// <param name="inner">The underlying stream; disposed with this one.</param>
/// <param name="translate">Gives the exception to throw instead, or null to rethrow the original.</param>
/// <param name="beforeWrite">Called before each write with its number of bytes; throws to refuse the write.</param>
internal sealed class TranslatingStream(Stream inner, Func<Exception, Exception?> translate, Action<int>? beforeWrite = null) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => Run(() => inner.Length);

    public override long Position
    {
        get => Run(() => inner.Position);
        set => Run(() => inner.Position = value);
    }

    public override void Flush() => Run(() =>
    {
        inner.Flush();
        return true;
    });

    public override long Seek(long offset, SeekOrigin origin) => Run(() => inner.Seek(offset, origin));

    public override void SetLength(long value) => Run(() =>
    {
        inner.SetLength(value);
        return true;
    });

    public override int Read(byte[] buffer, int offset, int count) => Run(() => inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            beforeWrite?.Invoke(buffer.Length);
            inner.Write(buffer);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            beforeWrite?.Invoke(buffer.Length);
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Run(() =>
            {
                inner.Dispose();
                return true;
            });
        }

        base.Dispose(disposing);
    }

    private T Run<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (translate(exception) is { } translated)
        {
            throw translated;
        }
    }
}
