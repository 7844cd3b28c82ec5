using System.Collections.Concurrent;
using Chitti.Domain;
using Chitti.Inference;

namespace Chitti.Grains.Tests;

/// <summary>An engine that returns what the test says, when the test says so, and records its calls.</summary>
internal sealed class FakeEngine(Func<ReadOnlyMemory<byte>, DetectionOutcome> answer) : IDetectionEngine
{
    public ConcurrentQueue<DetectionOptions> Calls { get; } = new();

    /// <summary>No result before this completes.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public ModelDescription Model { get; init; } = TestModels.Shelf.Default.Description;

    public string ExecutionProvider => "fake";

    public int QueueLength { get; set; }

    public static FakeEngine Finding(params Finding[] findings) => new(_ => Found(findings));

    public static DetectionOutcome Found(params Finding[] findings) => new()
    {
        Result = new()
        {
            Findings = findings,
            ImageWidth = 640,
            ImageHeight = 640,
            Timing = new(0, 0, 0, 0, 0, 0),
            BatchSize = 1,
        },
    };

    public async Task<DetectionOutcome> DetectAsync(
        ReadOnlyMemory<byte> encodedImage, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue(options);
        await Gate.WaitAsync(cancellationToken);
        return await Task.Run(() => answer(encodedImage), cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
