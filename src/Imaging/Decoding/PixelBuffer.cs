using System.Runtime.InteropServices;

namespace Chitti.Imaging;

/// <summary>
/// Native memory for decoded pixels, reused by one thread, and the share of the budget that decoding takes. A buffer larger
/// than usual is freed after use, so one huge image does not occupy memory for good.
/// </summary>
/// <param name="budget">Where the memory is counted.</param>
/// <param name="quick">Whether the memory is for quick decodes: see <see cref="PixelBudget.AcquireQuick"/>.</param>
/// <param name="stopping">Ends waits for the budget.</param>
internal sealed unsafe class PixelBuffer(PixelBudget budget, bool quick = false, CancellationToken stopping = default) : IDisposable
{
    private const long KeptBytes = 16 << 20;

    private byte* _memory;
    private long _capacity;
    private long _acquired;
    private ByteGate? _share;

    /// <summary>Waits for the budget, then returns memory that is valid until <see cref="Return"/>.</summary>
    /// <param name="bytes">Size of the memory.</param>
    /// <param name="needed">Share of the budget: the memory, and what codecs and callers hold in addition.</param>
    /// <param name="deadline">The wait does not count towards it.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or a quick decode would have to wait for slow ones.</exception>
    public byte* Rent(long bytes, long needed, DecodeDeadline deadline)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.CancellationToken, stopping);
        var ended = either.Token;
        deadline.Wait(() => _share = quick ? budget.AcquireQuick(needed, ended) : budget.Acquire(needed, ended));
        if (_share is null)
        {
            throw new OperationCanceledException("The image needs more memory than quick decodes have.");
        }

        _acquired = needed;
        if (bytes > _capacity)
        {
            Free();
            _memory = (byte*)NativeMemory.Alloc((nuint)bytes);
            _capacity = bytes;
        }
        return _memory;
    }

    /// <summary>Reduces the share of the budget to what is still needed.</summary>
    public void Keep(long needed)
    {
        _share?.Release(_acquired - needed);
        _acquired = needed;
    }

    /// <summary>Frees the memory if it is large, and keeps the budget for what has replaced it.</summary>
    public void ReturnMemory()
    {
        if (_capacity > KeptBytes)
        {
            Free();
        }
    }

    /// <summary>Returns memory and budget; does nothing if nothing is rented.</summary>
    public void Return()
    {
        ReturnMemory();
        Keep(0);
    }

    public void Dispose()
    {
        Free();
        Keep(0);
    }

    private void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = 0;
    }
}
