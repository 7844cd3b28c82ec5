using System.Collections.Concurrent;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Inference;

namespace Chitti.Grains.Tests;

/// <summary>A silo whose engine acts on the first byte of an image.</summary>
public sealed class ScriptedSilo : IAsyncLifetime, IDisposable
{
    public const byte Good = 0;
    public const byte UnknownFormat = 1;
    public const byte OverLimit = 2;
    public const byte Unreadable = 3;
    public const byte Throws = 4;
    public const byte ThrowsOnce = 5;
    public const byte UnknownClass = 6;
    public const byte NoNumber = 7;
    public const byte Busy = 8;
    public const byte Stopping = 9;

    private readonly TempFolder _data = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    internal SiloHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await SiloHost.StartAsync(_data, new FakeEngine(Answer));

    public async Task DisposeAsync() => await Host.DisposeAsync();

    public void Dispose() => _data.Dispose();

    /// <summary>How often the engine was called with an image.</summary>
    internal int AttemptsOf(byte[] image) => _attempts.GetValueOrDefault(Convert.ToHexString(image));

    private DetectionOutcome Answer(ReadOnlyMemory<byte> image)
    {
        var attempt = _attempts.AddOrUpdate(Convert.ToHexString(image.Span), 1, (_, before) => before + 1);
        return image.Span[0] switch
        {
            UnknownFormat => new() { Fault = new(ImageFaultKind.UnknownFormat, "no known format") },
            OverLimit => new() { Fault = new(ImageFaultKind.OverLimit, "too wide") },
            Unreadable => new() { Fault = new(ImageFaultKind.Unreadable, "cut off") },
            Throws => throw new ArithmeticException("the session broke"),
            ThrowsOnce when attempt == 1 => throw new ArithmeticException("the session broke"),
            UnknownClass => FakeEngine.Found(new Finding(999, "unknown", 0.9f, new(1, 2, 3, 4))),
            NoNumber => FakeEngine.Found(new Finding(0, "open", 0.9f, new(float.NaN, 2, 3, 4))),
            Busy => DetectionOutcome.Busy,
            Stopping => throw new ObjectDisposedException("engine"),
            _ => FakeEngine.Found(new Finding(0, "open", 0.9f, new(10, 20, 30, 40))),
        };
    }
}
