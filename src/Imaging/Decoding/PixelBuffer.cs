using System.Runtime.InteropServices;

namespace Chitti.Imaging;

/// <summary>
/// Native memory for decoded pixels, reused by one thread. A buffer larger than usual is freed after use, so one huge
/// image does not occupy memory for good.
/// </summary>
internal sealed unsafe class PixelBuffer(PixelBudget budget) : IDisposable
{
    private const long KeptBytes = 16 << 20;

    private byte* _memory;
    private long _capacity;
    private long _acquired;
    private PixelShare? _share;

    /// <summary>Waits for the budget, then returns memory that is valid until <see cref="Return"/>.</summary>
    public byte* Rent(long bytes, DecodeDeadline deadline)
    {
        deadline.Wait(() => _share = budget.Acquire(bytes, deadline.CancellationToken));
        _acquired = bytes;
        if (bytes > _capacity)
        {
            NativeMemory.Free(_memory);
            _memory = null;
            _capacity = 0;
            _memory = (byte*)NativeMemory.Alloc((nuint)bytes);
            _capacity = bytes;
        }
        return _memory;
    }

    /// <summary>Returns memory and budget; does nothing if nothing is rented.</summary>
    public void Return()
    {
        _share?.Release(_acquired);
        _acquired = 0;
        if (_capacity <= KeptBytes)
        {
            return;
        }

        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = 0;
    }

    public void Dispose()
    {
        Return();
        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = 0;
    }
}
