using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Chooses a detector for each call: of two random detectors that have the model, the one with the shorter queue. Reads the
/// list of detectors at most once per second, and adds the calls sent since then to the queue lengths. Thread-safe.
/// </summary>
/// <param name="grains">Gives the directory and the detectors.</param>
/// <param name="time">Clock for the age of the list.</param>
public sealed class DetectorChoice(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private const string DirectoryDown = "The directory of detectors does not answer.";

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    // Addressed by grain type, see DetectorKey.ToGrainId: while no silo has the grain class, the call fails as an outage.
    private static readonly GrainId _directory =
        GrainId.Create(GrainType.Create(DetectorAnnouncements.DirectoryType), GrainIdKeyExtensions.CreateIntegerKey(0));

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lock _gate = new();
    private Candidate[] _candidates = [];
    private long? _readAt;
    private long _foundAt;

    private IDetectorDirectoryGrain Directory => grains.GetGrain<IDetectorDirectoryGrain>(_directory);

    /// <summary>The detectors that are up. The list may be a second old.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OutageException">The directory does not answer.</exception>
    public async Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await ReadAsync(cancellationToken)).Select(candidate => candidate.Detector)];

    /// <summary>
    /// Calls a detector that has the model. If no detector has it, any detector is called, and its reply lists the models that
    /// it has. If the detector can't be reached, one other detector is called.
    /// </summary>
    /// <param name="modelId">The model to run.</param>
    /// <param name="call">The call; may run twice.</param>
    /// <param name="cancellationToken">Cancels the search for a detector, not the call.</param>
    /// <exception cref="OutageException">No detector is up, or none answers.</exception>
    public async Task<T> CallAsync<T>(string modelId, Func<IDetectorGrain, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        Exception? last = null;
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
                last = exception;
                await DropAsync(chosen, cancellationToken);
            }
            catch (TimeoutException exception)
            {
                // Not retried: another detector may take as long, and the caller has already waited for a full timeout.
                throw new OutageException(Outage.Detector, $"Detector '{chosen.Detector.Key}' does not answer.", exception);
            }
        }

        throw new OutageException(Outage.Detector, last is null ? "No detector is up." : "No listed detector can be reached.", last);
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
                // Not before: the directory may have just moved and not yet received any announcement.
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
            // Spares other callers the failure. A detector that is up after all announces itself again.
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
