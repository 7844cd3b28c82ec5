using System.Buffers;

namespace Chitti.Registration;

/// <summary>
/// Pooled memory for the planes of one registration: they are as large as the picture, and new ones for each picture would go to
/// the large object heap. Not safe for several threads.
/// </summary>
internal sealed class PlaneBuffers : IDisposable
{
    private readonly List<byte[]> _rented = [];

    /// <summary>A plane whose array may be longer than its pixels; not to be used once the buffers are disposed.</summary>
    public GreyPlane Rent(int width, int height)
    {
        var pixels = ArrayPool<byte>.Shared.Rent(checked(width * height));
        _rented.Add(pixels);
        return GreyPlane.OfBuffer(width, height, pixels);
    }

    public void Dispose()
    {
        foreach (var pixels in _rented)
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }

        _rented.Clear();
    }
}
