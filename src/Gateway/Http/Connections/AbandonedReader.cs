using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Chitti.Gateway;

/// <summary>
/// Reads what a client sends. When the client goes in the middle of a body, the server takes only one exception for the end of
/// that read; with another, or when the read is cancelled because the client has gone, it finds the read still in progress
/// afterwards, and logs an error for every such client.
/// </summary>
/// <param name="inner">What arrives on the socket.</param>
/// <param name="connection">Says whether the socket carries TLS, which must be able to cancel: its handshake has a timeout.</param>
internal sealed class AbandonedReader(PipeReader inner, IFeatureCollection connection) : PipeReader
{
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            // HTTP's reads are not cancelled: the server ends them itself when it aborts the connection or a timeout is over.
            var read = inner.ReadAsync(connection.Get<ITlsConnectionFeature>() is null ? CancellationToken.None : cancellationToken);
            return read.IsCompletedSuccessfully ? read : TranslateAsync(read);
        }
        catch (InvalidOperationException exception)
        {
            // The client went between a read and its end; there is no next request.
            throw new ConnectionAbortedException(exception.Message, exception);
        }
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    // Each connection waits here for its next request.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ReadResult> TranslateAsync(ValueTask<ReadResult> read)
    {
        try
        {
            return await read;
        }
        catch (ConnectionResetException exception)
        {
            throw new ConnectionAbortedException(exception.Message, exception);
        }
    }
}
