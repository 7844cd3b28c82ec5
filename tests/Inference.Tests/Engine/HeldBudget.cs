using Chitti.Imaging;

namespace Chitti.Inference.Tests;

/// <summary>A memory budget that is used up, except for what small images have of their own, until the test gives it back.</summary>
internal sealed class HeldBudget : IDisposable
{
    private readonly PixelShare _share;
    private bool _released;

    public HeldBudget() => _share = Budget.Acquire(Budget.MaxBytes);

    public PixelBudget Budget { get; } = new(100_000_000);

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
