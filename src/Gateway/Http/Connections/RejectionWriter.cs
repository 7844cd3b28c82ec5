using System.Buffers;
using System.IO.Pipelines;

namespace Chitti.Gateway;

/// <summary>Passes on what the server writes to a connection, until it refuses a request: then the rejection's answer.</summary>
internal sealed class RejectionWriter(PipeWriter inner, Rejection rejection) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _unwanted = new();
    private bool _answered;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => rejection.IsSet ? _unwanted.GetMemory(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => rejection.IsSet ? _unwanted.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (!rejection.IsSet)
        {
            inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Answer();
        return inner.FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        rejection.IsSet ? FlushAsync(cancellationToken) : inner.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Answer();
        inner.Complete(exception);
    }

    private void Answer()
    {
        if (rejection.IsSet && !_answered)
        {
            _answered = true;
            inner.Write(rejection.Answer.Span);
        }
    }
}
