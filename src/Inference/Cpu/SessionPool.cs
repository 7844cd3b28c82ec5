using System.Collections.Concurrent;

namespace Chitti.Inference;

/// <summary>The sessions of an engine. A thread that has decoded an image takes one for as long as the model runs.</summary>
internal sealed class SessionPool : IDisposable
{
    private readonly ConcurrentBag<CpuSession> _free;
    private readonly SemaphoreSlim _places;

    /// <exception cref="Exception">A session could not be created; none is left.</exception>
    public SessionPool(OnnxModel model, CpuEngineOptions options)
    {
        _free = [];
        _places = new(options.Sessions);
        try
        {
            while (_free.Count < options.Sessions)
            {
                _free.Add(new CpuSession(model, options));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Waits for a free session.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public CpuSession Take(CancellationToken cancellationToken)
    {
        _places.Wait(cancellationToken);
        return _free.TryTake(out var session) ? session : throw new InvalidOperationException("A place is free, but no session is.");
    }

    public void Return(CpuSession session)
    {
        _free.Add(session);
        _places.Release();
    }

    /// <summary>Frees the sessions; none may be taken.</summary>
    public void Dispose()
    {
        foreach (var session in _free)
        {
            session.Dispose();
        }

        _places.Dispose();
    }
}
