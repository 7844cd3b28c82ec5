#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

// Draws the sample boards: dotnet run samples/generate.cs
//
// Each picture is a made-up bare board as a binarising scanner shows it: copper black, laminate white, about 48 pixels
// a millimetre. A board is a list of copper shapes, laid out from a seed; a defect is copper added to it or taken away.
// The drawing is softened, disturbed and cut at half tone, so that edges are as ragged as those of a scan.
// A defect's box comes from the picture itself: what differs from the same board without the defect, and 10 pixels
// more on each side, as the model's training data has it. The folder samples-references gets the same boards without their
// defects, as another scan shows them. The same code and seeds draw the same boards again.

using System.Runtime.CompilerServices;
using System.Text.Json;
using SkiaSharp;

var folder = args.Length > 0 ? args[0] : Path.GetDirectoryName(ThisFile())!;

Sample[] samples =
[
    new("good-1.jpg", 11),
    new("good-2.jpg", 12, Turned: true),
    new("open.jpg", 13, false, new Defect("open", Seed: 1, Trace: 3, At: 190)),
    new("short.jpg", 14, true, new Defect("short", Seed: 2, Trace: 1, At: 180)),
    new("mousebite.jpg", 15, false, new Defect("mousebite", Seed: 3, Trace: 2, At: 470)),
    new("spur.jpg", 16, true, new Defect("spur", Seed: 4, Trace: 7, At: 160)),
    new("spurious-copper.jpg", 17, false, new Defect("spurious_copper", Seed: 5)),
    new("pin-hole.jpg", 18, true, new Defect("pin_hole", Seed: 6)),
    new("three-defects.jpg", 19, false,
        new Defect("open", Seed: 7, Trace: 1, At: 460),
        new Defect("spur", Seed: 8, Trace: 8, At: 130),
        new Defect("pin_hole", Seed: 9)),
];

var references = folder.TrimEnd('/') + "-references";
Directory.CreateDirectory(references);
var expected = new List<Expected>();
foreach (var sample in samples)
{
    var clean = Board.Draw(sample, []);
    var drawn = Board.Draw(sample, sample.Defects);
    Write(folder, sample.File, drawn);
    Write(references, sample.File, Board.Draw(sample, [], anotherScan: true));

    var boxes = sample.Defects.Select(d => new ExpectedDefect(d.Class, Board.Difference(clean, Board.Draw(sample, [d])))).ToArray();
    expected.Add(new(sample.File, boxes));
    Console.WriteLine($"{sample.File,-22}{string.Join("; ", boxes.Select(b => $"{b.Class} at {b.Box.X},{b.Box.Y},{b.Box.Width},{b.Box.Height}"))}");
}

var json = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
File.WriteAllText(Path.Combine(folder, "expected.json"), JsonSerializer.Serialize(expected, json) + "\n");

static void Write(string folder, string name, byte[] pixels)
{
    using var picture = Board.ToBitmap(pixels);
    using var jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, 92);
    File.WriteAllBytes(Path.Combine(folder, name), jpeg.ToArray());
}

static string ThisFile([CallerFilePath] string path = "") => path;

/// <summary>A picture: the board's seed, whether the board is turned by a quarter, and what is wrong with it.</summary>
internal sealed record Sample(string File, int Seed, bool Turned = false, params Defect[] Defects);

/// <summary>A defect on a trace, at a distance along it in pixels; spurious copper and pin holes have their own places.</summary>
internal sealed record Defect(string Class, int Seed, int Trace = -1, float At = 0);

internal sealed record Expected(string File, ExpectedDefect[] Defects);

internal sealed record ExpectedDefect(string Class, Box Box);

internal sealed record Box(int X, int Y, int Width, int Height);

internal static class Board
{
    private const int Side = 640;
    private const float Width = 16, Pitch = 36;

    /// <summary>The board as one byte a pixel: 0 copper, 255 laminate. Another scan lies a little differently, and is disturbed differently.</summary>
    public static byte[] Draw(Sample sample, Defect[] defects, bool anotherScan = false)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        if (anotherScan)
        {
            canvas.Translate(2.6f, -1.8f);
            canvas.RotateDegrees(0.4f, Side / 2, Side / 2);
        }

        if (sample.Turned)
        {
            canvas.Concat(new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1));
        }

        var layout = Layout.Make(new Random(sample.Seed));
        layout.Draw(canvas);
        foreach (var defect in defects)
        {
            DrawDefect(canvas, layout, defect);
        }

        canvas.Flush();
        return Scan(bitmap, new Random(anotherScan ? 1000 + sample.Seed : sample.Seed));
    }

    public static SKBitmap ToBitmap(byte[] pixels)
    {
        var bitmap = new SKBitmap(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        pixels.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }

    /// <summary>Where two pictures differ, and the margin.</summary>
    public static Box Difference(byte[] a, byte[] b)
    {
        const int margin = 10;
        var changed = Enumerable.Range(0, a.Length).Where(i => a[i] != b[i]).ToArray();
        int left = Math.Max(changed.Min(i => i % Side) - margin, 0), top = Math.Max(changed.Min(i => i / Side) - margin, 0);
        int right = Math.Min(changed.Max(i => i % Side) + margin, Side - 1), bottom = Math.Min(changed.Max(i => i / Side) + margin, Side - 1);
        return new(left, top, right - left + 1, bottom - top + 1);
    }

    private static void DrawDefect(SKCanvas canvas, Layout layout, Defect defect)
    {
        var random = new Random(defect.Seed);
        var onTrace = defect.Trace >= 0 ? layout.PointOn(defect.Trace, defect.At) : default;
        switch (defect.Class)
        {
            case "open": // a crack right across
                Scratch(canvas, SKColors.White, onTrace + new SKPoint(-4, -12), onTrace + new SKPoint(4, 12), 5, 8, random);
                break;
            case "short": // a hair of copper to the next trace
                Scratch(canvas, SKColors.Black, onTrace + new SKPoint(-5, 5), onTrace + new SKPoint(5, Pitch - 5), 8, 6, random);
                break;
            case "mousebite": // half of the width etched away
                Blob(canvas, SKColors.White, onTrace + new SKPoint(0, -Width / 2 - 0.5f), 7, random);
                break;
            case "spur": // copper that grows towards the neighbour and ends before it
                Scratch(canvas, SKColors.Black, onTrace + new SKPoint(-3, 4), onTrace + new SKPoint(3, Width / 2 + 10), 12, 5, random);
                break;
            case "spurious_copper":
                Blob(canvas, SKColors.Black, layout.Bare, 6, random);
                break;
            case "pin_hole":
                Blob(canvas, SKColors.White, layout.Solid, 5, random);
                break;
            default:
                throw new ArgumentException($"There is no way to draw '{defect.Class}'.");
        }
    }

    /// <summary>A crooked line whose width goes from one value to another.</summary>
    private static void Scratch(SKCanvas canvas, SKColor colour, SKPoint from, SKPoint to, float startWidth, float endWidth, Random random)
    {
        const int steps = 20;
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        var phase = MathF.Tau * random.NextSingle();
        for (var i = 0; i <= steps; i++)
        {
            var t = i / (float)steps;
            var wander = 1.6f * MathF.Sin(t * 6 + phase);
            var width = (startWidth + (endWidth - startWidth) * t) * (0.85f + 0.3f * random.NextSingle());
            canvas.DrawCircle(from.X + (to.X - from.X) * t + wander, from.Y + (to.Y - from.Y) * t, width / 2, paint);
        }
    }

    /// <summary>A lump of four overlapping ellipses.</summary>
    private static void Blob(SKCanvas canvas, SKColor colour, SKPoint centre, float radius, Random random)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        for (var i = 0; i < 4; i++)
        {
            var angle = MathF.Tau * random.NextSingle();
            var part = radius * (0.55f + 0.3f * random.NextSingle());
            canvas.DrawOval(centre.X + 0.6f * radius * MathF.Cos(angle), centre.Y + 0.45f * radius * MathF.Sin(angle), part * 1.15f, part * 0.85f, paint);
        }
    }

    /// <summary>What a binarising scanner makes of the drawing: disturbed, softened by 3x3, cut at half tone.</summary>
    private static byte[] Scan(SKBitmap drawing, Random random)
    {
        var light = drawing.GetPixelSpan().ToArray().Select(tone => tone + 180 * (random.NextSingle() - 0.5f)).ToArray();
        var scan = new byte[Side * Side];
        for (var i = 0; i < scan.Length; i++)
        {
            int x = i % Side, y = i / Side;
            var sum = 0f;
            for (var k = 0; k < 9; k++)
            {
                sum += light[Math.Clamp(y + k / 3 - 1, 0, Side - 1) * Side + Math.Clamp(x + k % 3 - 1, 0, Side - 1)];
            }

            scan[i] = sum / 9 < 127.5f ? (byte)0 : (byte)255;
        }

        return scan;
    }

    /// <summary>Two buses of five traces that jog aside; between them drilled pads wired to covered vias, and a pour with two holes.</summary>
    private sealed record Layout(SKPoint[][] Traces, SKPoint[] Pads, SKPoint[] Vias, SKRect Pour, SKPoint[] Holes, SKPoint Solid, SKPoint Bare)
    {
        private const float PadRadius = 28, ViaRadius = 14, Drill = 15;

        public static Layout Make(Random random)
        {
            var upper = Bus(random, top: 26 + random.Next(10), side: 1);
            var lower = Bus(random, top: 468 + random.Next(12), side: -1);
            var row = 335f + random.Next(10);
            var pads = Enumerable.Range(0, 4).Select(i => new SKPoint(48 + 76 * i, row)).ToArray();
            var vias = pads.Select((p, i) => i % 2 == 0 ? new SKPoint(p.X + 34, row - 70) : new SKPoint(p.X, row + 66)).ToArray();
            var wires = pads.Zip(vias, (p, v) => new[] { p, new SKPoint(p.X, v.Y + (v.X - p.X)), v });
            var pour = SKRect.Create(372 + random.Next(15), 285, 300, 88);
            SKPoint[] holes = [new(pour.Left + 45, pour.MidY), new(pour.Left + 195, pour.MidY)];
            var solid = new SKPoint(pour.Left + 100 + random.Next(40), pour.MidY - 8 + random.Next(16));
            return new([.. upper, .. lower, .. wires], pads, vias, pour, holes, solid, new(pads[1].X + random.Next(8), row - 72));
        }

        /// <summary>The middle of a trace at a distance from the left.</summary>
        public SKPoint PointOn(int trace, float x)
        {
            var points = Traces[trace];
            var i = Array.FindLastIndex(points, p => p.X <= x);
            var t = (x - points[i].X) / (points[i + 1].X - points[i].X);
            return new(x, points[i].Y + t * (points[i + 1].Y - points[i].Y));
        }

        public void Draw(SKCanvas canvas)
        {
            using var copper = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            using var bare = new SKPaint { Color = SKColors.White, IsAntialias = true };
            using var trace = new SKPaint { Color = SKColors.Black, IsAntialias = true, IsStroke = true, StrokeWidth = Width, StrokeJoin = SKStrokeJoin.Round };
            foreach (var points in Traces)
            {
                using var path = new SKPathBuilder();
                path.AddPoly(points, false);
                using var line = path.Detach();
                canvas.DrawPath(line, trace);
            }

            canvas.DrawRoundRect(Pour, 12, 12, copper);
            Array.ForEach(Pads, pad => canvas.DrawCircle(pad, PadRadius, copper));
            Array.ForEach(Vias, via => canvas.DrawCircle(via, ViaRadius, copper));
            Array.ForEach([.. Pads, .. Holes], hole => canvas.DrawCircle(hole, Drill, bare));
        }

        private static SKPoint[][] Bus(Random random, float top, int side)
        {
            // tan(22.5 degrees): what each trace must turn earlier for the bus to keep its pitch through the jog.
            float jog = 36 + random.Next(14), start = 300 + random.Next(60), step = side * Pitch * 0.4142f;
            return [.. Enumerable.Range(0, 5).Select(i =>
            {
                float y = top + i * Pitch, bend = start - i * step;
                return new SKPoint[] { new(-20, y), new(bend, y), new(bend + jog, y + side * jog), new(Side + 20, y + side * jog) };
            })];
        }
    }
}
