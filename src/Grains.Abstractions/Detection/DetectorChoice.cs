using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Finds a detector for each call: the shorter queue of two random detectors that have the model. The list of detectors is
/// read at most once a second, and what this process sent since then counts with the queue. Safe to call from many threads.
/// </summary>
/// <param name="grains">The way to the directory and the detectors.</param>
/// <param name="time">Clock of the list's age.</param>
public sealed class DetectorChoice(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private const string DirectoryDown = "The directory of detectors does not answer.";

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    // By its type, as DetectorKey.ToGrainId does: while no silo has the grain's class, the call fails as an outage.
    private static readonly GrainId _directory =
        GrainId.Create(GrainType.Create(DetectorAnnouncements.DirectoryType), GrainIdKeyExtensions.CreateIntegerKey(0));

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lock _gate = new();
    private Candidate[] _candidates = [];
    private long? _readAt;
    private long _foundAt;

    private IDetectorDirectoryGrain Directory => grains.GetGrain<IDetectorDirectoryGrain>(_directory);

    /// <summary>The detectors that are up, as of a second ago at most.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OutageException">The directory does not answer.</exception>
    public async Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await ReadAsync(cancellationToken)).Select(candidate => candidate.Detector)];

    /// <summary>
    /// Calls a detector that has a model; where none has it, one without it, whose answer names the models that it has.
    /// When its silo turns out to be gone, another detector is called, once.
    /// </summary>
    /// <param name="modelId">The model that the call is about.</param>
    /// <param name="call">The call; may run twice.</param>
    /// <param name="cancellationToken">Ends the search; the call has its own.</param>
    /// <exception cref="OutageException">No detector is up, or none answers.</exception>
    public async Task<T> CallAsync<T>(string modelId, Func<IDetectorGrain, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        Exception? failure = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (Choose(await ReadAsync(cancellationToken), modelId) is not { } chosen)
            {
                break;
            }

            try
            {
                return await call(grains.GetGrain<IDetectorGrain>(DetectorKey.ToGrainId(chosen.Detector.Key)));
            }
            catch (OrleansException exception)
            {
                failure = exception;
                await DropAsync(chosen, cancellationToken);
            }
            catch (TimeoutException exception)
            {
                // Another one may take as long, and the caller has waited long enough.
                throw new OutageException(Outage.Detector, $"Detector '{chosen.Detector.Key}' does not answer.", exception);
            }
        }

        throw new OutageException(Outage.Detector, failure is null ? "No detector is up." : "No detector that is listed can be reached.", failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private async Task<Candidate[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } current)
        {
            return current;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return Current() ?? Take(await Directory.ListAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new OutageException(Outage.Detector, DirectoryDown, exception);
        }
        finally
        {
            _reading.Release();
        }
    }

    private Candidate[]? Current()
    {
        lock (_gate)
        {
            return _readAt is { } readAt && time.GetElapsedTime(readAt) < _fresh ? _candidates : null;
        }
    }

    private Candidate[] Take(IReadOnlyList<DetectorSnapshot> listed)
    {
        lock (_gate)
        {
            _readAt = time.GetTimestamp();
            if (listed.Count > 0)
            {
                _foundAt = _readAt.Value;
                _candidates = [.. listed.Select(detector => new Candidate(detector))];
            }
            else if (time.GetElapsedTime(_foundAt) > DetectorAnnouncements.Lifetime)
            {
                // Until then the directory may just have moved, and not have heard of anyone yet.
                _candidates = [];
            }

            return _candidates;
        }
    }

    private Candidate? Choose(Candidate[] candidates, string modelId)
    {
        var able = Array.FindAll(candidates, candidate => candidate.Detector.ModelIds.Contains(modelId, StringComparer.Ordinal));
        var among = able.Length > 0 ? able : candidates;
        if (among.Length == 0)
        {
            return null;
        }

        var first = Random.Shared.Next(among.Length);
        var second = among.Length == 1 ? first : (first + 1 + Random.Shared.Next(among.Length - 1)) % among.Length;
        lock (_gate)
        {
            var chosen = among[second].Load < among[first].Load ? among[second] : among[first];
            chosen.Sent++;
            return chosen;
        }
    }

    private async Task DropAsync(Candidate gone, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _candidates = Array.FindAll(_candidates, candidate => candidate != gone);
        }

        try
        {
            // So that other callers need not find out too. One that is up after all announces itself again.
            await Directory.WithdrawAsync(gone.Detector.Key, cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new OutageException(Outage.Detector, DirectoryDown, exception);
        }
    }

    private sealed class Candidate(DetectorSnapshot detector)
    {
        public DetectorSnapshot Detector => detector;

        /// <summary>Calls since the list was read.</summary>
        public int Sent { get; set; }

        public int Load => detector.QueueLength + Sent;
    }
}
