using System.Numerics;

namespace Chitti.Registration;

/// <summary>
/// Corners with an orientation and 256 brightness comparisons each: ORB (Rublee and others, 2011) with corners by their
/// smaller eigenvalue (Shi and Tomasi, 1994) and a fixed random pattern.
/// </summary>
internal sealed class Features
{
    /// <summary>Words of 64 bits per feature.</summary>
    public const int Words = 4;

    private const int MaxCount = 1200;
    private const int Octaves = 5;
    private const double OctaveRatio = 1.2;
    private const int LongSide = 640;

    private readonly List<Feature> _all = [];
    private readonly List<ulong> _descriptors = [];

    private Features(PlaneLevels levels, PlaneBuffers buffers)
    {
        var level = levels.All[levels.Nearest(LongSide)];
        var plane = level.Plane;
        double areas = 0;
        for (var i = 0; i < Octaves; i++)
        {
            areas += Math.Pow(OctaveRatio, -2 * i);
        }

        for (var i = 0; i < Octaves; i++)
        {
            var ratio = Math.Pow(OctaveRatio, -i);
            var (width, height) = ((int)Math.Round(level.Plane.Width * ratio), (int)Math.Round(level.Plane.Height * ratio));
            if (Math.Min(width, height) <= 2 * FeatureDescriptor.Margin)
            {
                break;
            }

            plane = i == 0 ? plane : Resampling.Shrink(level.Plane, width, height, buffers);
            var toLevel = new PlaneTransform(
                (double)level.Plane.Width / width, 0, (0.5 * level.Plane.Width / width) - 0.5,
                0, (double)level.Plane.Height / height, (0.5 * level.Plane.Height / height) - 0.5);
            Add(plane, toLevel.Then(level.FromFull.Invert()), (int)(MaxCount * ratio * ratio / areas), buffers);
        }
    }

    public int Count => _all.Count;

    public Feature this[int index] => _all[index];

    public ReadOnlySpan<ulong> Descriptors => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_descriptors);

    public long Bytes => Count * (16L + (8 * Words));

    public static Features Find(PlaneLevels levels)
    {
        using var buffers = new PlaneBuffers();
        return new(levels, buffers);
    }

    /// <summary>Number of comparisons that differ.</summary>
    public static int Distance(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other) =>
        BitOperations.PopCount(one[0] ^ other[0]) + BitOperations.PopCount(one[1] ^ other[1])
        + BitOperations.PopCount(one[2] ^ other[2]) + BitOperations.PopCount(one[3] ^ other[3]);

    private void Add(GreyPlane plane, in PlaneTransform toFull, int count, PlaneBuffers buffers)
    {
        var corners = Corners.Find(plane, FeatureDescriptor.Margin, count);
        var smooth = Resampling.Smooth(Resampling.Smooth(plane, buffers), buffers);
        Span<ulong> bits = stackalloc ulong[Words];
        foreach (var (x, y) in corners)
        {
            var angle = FeatureDescriptor.Angle(plane, x, y);
            FeatureDescriptor.Compare(smooth, x, y, angle, bits);
            var (fullX, fullY) = toFull.Apply(x, y);
            _all.Add(new((float)fullX, (float)fullY, angle, (float)toFull.A));
            _descriptors.AddRange(bits);
        }
    }
}

/// <summary>A corner.</summary>
/// <param name="X">In pixels of the full plane.</param>
/// <param name="Y">In pixels of the full plane.</param>
/// <param name="Angle">Direction of the centre of brightness around it, in radians.</param>
/// <param name="Scale">Pixels of the full plane per pixel of the octave it was found in.</param>
internal readonly record struct Feature(float X, float Y, float Angle, float Scale);
