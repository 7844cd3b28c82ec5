using Chitti.Domain;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>
/// Whether as many files wait for their inspection as the setting allows. Counted in the ledger at most once a second, and only
/// while uploads come; what this gateway accepted since is added. So the limit may be exceeded by uploads that are being
/// received and by what other gateways accepted within a second, and the count may include files that ended within it.
/// </summary>
internal sealed class Backlog(IWorkLedger ledger, IOptions<LimitOptions> limits, TimeProvider time) : IDisposable
{
    private const long Never = -1;

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _counting = new(1);
    private long _countedAt = Never;
    private int _files;

    private bool IsStale => Volatile.Read(ref _countedAt) is var at && (at == Never || time.GetElapsedTime(at) >= _fresh);

    /// <summary>True when no more files should be accepted now.</summary>
    internal async Task<bool> IsFullAsync(CancellationToken cancellationToken)
    {
        // While one call counts, the others make do with the last count; the first ones wait for it.
        if (IsStale && await _counting.WaitAsync(Volatile.Read(ref _countedAt) == Never ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
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
                // The upload meets the outage too, and is answered and logged for it.
            }
            finally
            {
                _counting.Release();
            }
        }

        return Volatile.Read(ref _files) >= limits.Value.MaxUnfinishedFiles;
    }

    /// <summary>So many files were accepted.</summary>
    internal void Add(int files) => Interlocked.Add(ref _files, files);

    public void Dispose() => _counting.Dispose();

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var before = Volatile.Read(ref _files);
        var files = await ledger.CountUnfinishedAsync(WorkKind.File, limits.Value.MaxUnfinishedFiles, cancellationToken);

        // What is accepted meanwhile may be in the count already: better twice than not at all.
        Interlocked.Add(ref _files, files - before);
        Volatile.Write(ref _countedAt, time.GetTimestamp());
    }
}
