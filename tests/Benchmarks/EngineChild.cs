using System.Diagnostics;
using System.Globalization;
using Chitti.Inference;

namespace Chitti.Benchmarks;

/// <summary>
/// The bare engine in its own process. Lines on its input say what to measure: <c>one N</c> answers with the milliseconds of
/// one call with image N, <c>rate N M</c> with the images per second over images N..N+M-1.
/// </summary>
internal static class EngineChild
{
    // As in the shipped profile.
    private static readonly DetectionOptions _options = new() { Confidence = 0.25f, Iou = 0.5f, MeasureQuality = true };

    public static async Task<int> RunAsync(string model, string folder)
    {
        var images = BoardImages.Load(folder);
        await using var engine = new CpuDetectionEngine(OnnxModel.Load(model));
        Console.WriteLine("ready");
        while (Console.ReadLine()?.Split(' ') is [var verb, .. var rest])
        {
            var numbers = rest.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var answer = verb == "one"
                ? await OneAsync(engine, images[numbers[0] % images.Length])
                : await RateAsync(engine, [.. Enumerable.Range(numbers[0], numbers[1]).Select(number => images[number % images.Length])]);
            Console.WriteLine(answer.ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static async Task<double> OneAsync(CpuDetectionEngine engine, byte[] image)
    {
        var started = Stopwatch.GetTimestamp();
        await DetectAsync(engine, image);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> RateAsync(CpuDetectionEngine engine, byte[][] images)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(images.Select(image => DetectAsync(engine, image)));
        return images.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task DetectAsync(CpuDetectionEngine engine, byte[] image)
    {
        if ((await engine.DetectAsync(image, _options)).Result is null)
        {
            throw new InvalidOperationException("The engine refused an image.");
        }
    }
}
