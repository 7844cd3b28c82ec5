namespace Chitti.Registration.Tests;

/// <summary>What becomes of a picture of a good part that must not be taken for one, and what must not matter.</summary>
internal static class Mishap
{
    /// <summary>What must be refused.</summary>
    public static string[] Refused { get; } =
        ["mirrored", "mirrored and turned", "inverted", "rotated by 45°", "left half black", "upper half white", "half outside", "hand over 12 %", "hand over 20 %", "bright hand over 20 %", "grey hand from the edge over 20 %"];

    /// <summary>What must be recognised.</summary>
    public static string[] Recognised { get; } = ["as it is", "shifted and rotated", "brighter", "darker", "unevenly lit", "noisy"];

    public static GreyPlane Apply(string kind, GreyPlane plane, Random random)
    {
        var (width, height) = (plane.Width, plane.Height);
        return kind switch
        {
            "mirrored" => Mirror(plane),
            "mirrored and turned" => Drawing.Warp(Mirror(plane), Pose.About(width, 92, 1)),
            "inverted" => Drawing.Map(plane, (_, _, value) => (byte)(255 - value)),
            "rotated by 45°" => Drawing.Warp(plane, Pose.About(width, 45, 1)),
            "left half black" => Drawing.Map(plane, (x, _, value) => x < width / 2 ? (byte)0 : value),
            "upper half white" => Drawing.Map(plane, (_, y, value) => y < height / 2 ? (byte)255 : value),
            "half outside" => Drawing.Warp(plane, PlaneTransform.Translation(width / 2.0, 0)),
            "hand over 12 %" => Cover(plane, 0.12, random),
            "hand over 20 %" => Cover(plane, 0.20, random),
            "bright hand over 20 %" => Cover(plane, 0.20, random, 255),
            "grey hand from the edge over 20 %" => Reach(plane, 0.20, random),
            "as it is" => plane,
            "shifted and rotated" => Drawing.Warp(
                plane, Pose.About(width, (2 * random.NextDouble()) - 1, 1, (6 * random.NextDouble()) - 3, (6 * random.NextDouble()) - 3)),
            "brighter" => Drawing.Expose(plane, 1.2, -10, 4, random),
            "darker" => Drawing.Expose(plane, 0.8, 25, 4, random),
            "unevenly lit" => Drawing.Map(plane, (x, _, value) => (byte)(20 + (value * (0.7 + (0.2 * x / width))))),
            "noisy" => Drawing.Expose(plane, 0.9, 10, 10, random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    /// <summary>Ten squares of 8 to 30 pixels, black or white.</summary>
    public static GreyPlane Damage(GreyPlane plane, Random random)
    {
        var squares = Enumerable.Range(0, 10)
            .Select(_ => (X: random.Next(plane.Width - 30), Y: random.Next(plane.Height - 30), Side: random.Next(8, 30), Value: (byte)(255 * random.Next(2))))
            .ToArray();
        return Drawing.Map(plane, (x, y, value) =>
        {
            foreach (var square in squares)
            {
                if (x >= square.X && y >= square.Y && x < square.X + square.Side && y < square.Y + square.Side)
                {
                    return square.Value;
                }
            }

            return value;
        });
    }

    public static GreyPlane Mirror(GreyPlane plane) => Drawing.Map(plane, (x, y, _) => plane.Pixels[(y * plane.Width) + plane.Width - 1 - x]);

    /// <summary>A hand with light and shade that comes from the left and covers a share of the area.</summary>
    private static GreyPlane Reach(GreyPlane plane, double share, Random random)
    {
        var (top, height) = (random.Next(plane.Height / 3), plane.Height / 3);
        var width = share * plane.Width * plane.Height / height;
        return Drawing.Map(plane, (x, y, value) => x < width && y >= top && y < top + height
            ? (byte)(128 + (60 * Math.Sin((y - top) * Math.PI * 4 / height)) + (20 * x / width))
            : value);
    }

    /// <summary>
    /// A disc of one grey level over a share of the area, wholly inside the picture, where at least a twentieth of what it
    /// covers looks otherwise: a white disc on a white plane is no change.
    /// </summary>
    private static GreyPlane Cover(GreyPlane plane, double share, Random random, byte level = 0)
    {
        var radius = (int)Math.Sqrt(share * plane.Width * plane.Height / Math.PI);
        GreyPlane covered;
        do
        {
            var (centreX, centreY) = (random.Next(radius, plane.Width - radius), random.Next(radius, plane.Height - radius));
            covered = Drawing.Map(plane, (x, y, value) => ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)) < radius * radius ? level : value);
        }
        while (covered.Pixels.Zip(plane.Pixels).Count(pair => Math.Abs(pair.First - pair.Second) > 100) < share / 20 * plane.Pixels.Length);

        return covered;
    }
}
