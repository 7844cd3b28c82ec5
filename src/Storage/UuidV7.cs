using System.Buffers.Binary;

namespace Chitti.Storage;

/// <summary>Bounds of ids that begin with their time.</summary>
internal static class UuidV7
{
    /// <summary>The lowest id of a time, in whole milliseconds, rounded up: as a bound it leaves out all ids of earlier times.</summary>
    public static Guid LowestAt(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds() + (time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, milliseconds) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
