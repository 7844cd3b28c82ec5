using Chitti.Domain;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>
/// Room for files that wait for their inspection, up to the setting. Counted in the ledger at most once a second, and only
/// while uploads come; what this gateway accepted since is added. So the limit may be exceeded by what other gateways accepted
/// within a second, and the count may include files that ended within it.
/// </summary>
internal sealed class Backlog(IWorkLedger ledger, IOptions<LimitOptions> limits, TimeProvider time) : IDisposable
{
    private const long Never = -1;

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _counting = new(1);
    private readonly Lock _gate = new();

    // The last count, or the last attempt at one.
    private long _triedAt = Never;
    private int _waiting;
    private int _entering;

    private bool IsStale => Volatile.Read(ref _triedAt) is var at && (at == Never || time.GetElapsedTime(at) >= _fresh);

    private int Max => limits.Value.MaxUnfinishedFiles;

    /// <summary>True when no more files should be accepted now.</summary>
    internal async Task<bool> IsFullAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        lock (_gate)
        {
            return _waiting + _entering >= Max;
        }
    }

    /// <summary>
    /// Takes room for all files of an upload, once it has been read: others may have filled the backlog meanwhile. An upload
    /// of more files than the setting allows gets it while nothing waits, because it never would otherwise.
    /// </summary>
    /// <returns>The room, to be disposed once the files are stored or not; null where there is none.</returns>
    internal async Task<Room?> TryEnterAsync(int files, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        lock (_gate)
        {
            var before = _waiting + _entering;
            if (before > 0 && before + files > Max)
            {
                return null;
            }

            _entering += files;
            return new(this, files);
        }
    }

    public void Dispose() => _counting.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // While one call counts, the others make do with the last count; the first ones wait for it.
        if (IsStale && await _counting.WaitAsync(Volatile.Read(ref _triedAt) == Never ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
        {
            try
            {
                if (IsStale)
                {
                    await CountAsync(cancellationToken);
                }
            }
            catch (OutageException)
            {
                // The upload meets the outage too, and is answered and logged for it. The calls that wait don't try in turn: each
                // attempt may take as long as a connection's timeout.
                Volatile.Write(ref _triedAt, time.GetTimestamp());
            }
            finally
            {
                _counting.Release();
            }
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        int before;
        lock (_gate)
        {
            before = _waiting;
        }

        var files = await ledger.CountUnfinishedAsync(WorkKind.File, Max, cancellationToken);
        lock (_gate)
        {
            // What is accepted meanwhile may be in the count already: better twice than not at all.
            _waiting += files - before;
        }

        Volatile.Write(ref _triedAt, time.GetTimestamp());
    }

    private void Leave(int files, bool accepted)
    {
        lock (_gate)
        {
            _entering -= files;
            _waiting += accepted ? files : 0;
        }
    }

    /// <summary>The room of one upload.</summary>
    internal sealed class Room(Backlog backlog, int files) : IDisposable
    {
        private bool _accepted;

        /// <summary>The files wait from now on.</summary>
        internal void Keep() => _accepted = true;

        public void Dispose() => backlog.Leave(files, _accepted);
    }
}
