using Chitti.Imaging;

namespace Chitti.Inference.Tests;

/// <summary>A memory budget that is used up, except for what quick decodes have of their own, until the test gives it back.</summary>
internal sealed class HeldBudget : IDisposable
{
    private readonly ByteGate _share;
    private bool _released;

    public HeldBudget(long maxBytes = 100_000_000)
    {
        Budget = new(maxBytes);
        _share = Budget.Acquire(maxBytes);
    }

    public PixelBudget Budget { get; }

    public void Release()
    {
        if (!_released)
        {
            _released = true;
            _share.Release(Budget.MaxBytes);
        }
    }

    public void Dispose() => Release();
}
