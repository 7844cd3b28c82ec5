namespace Chitti.Registration.Tests;

/// <summary>Random transforms, and how far a registration is from the true one.</summary>
internal static class Pose
{
    /// <summary>Rotation of up to 10° about any quarter turn, scale 0.8 to 1.25, and a shift of at most a share of the side.</summary>
    public static PlaneTransform Random(Random random, int side, double maxShift = 0.25)
    {
        var scale = 0.8 * Math.Pow(1.25 / 0.8, random.NextDouble());
        var degrees = (20 * random.NextDouble()) - 10 + (90 * random.Next(4));
        return About(side, degrees, scale, Shift(), Shift());

        double Shift() => ((2 * random.NextDouble()) - 1) * maxShift * side;
    }

    /// <summary>Rotation and scale about the centre, then a shift.</summary>
    public static PlaneTransform About(int side, double degrees, double scale, double x = 0, double y = 0)
    {
        var centre = (side - 1) / 2.0;
        var turn = PlaneTransform.Similarity(degrees, scale, 0, 0);
        var (u, v) = turn.Apply(centre, centre);
        return turn with { C = centre - u + x, F = centre - v + y };
    }

    /// <summary>Share of the reference in the picture.</summary>
    public static double Visible(in PlaneTransform toPicture, int side)
    {
        var inside = 0;
        for (var y = 8; y < side; y += 16)
        {
            for (var x = 8; x < side; x += 16)
            {
                var (u, v) = toPicture.Apply(x, y);
                inside += u >= 0 && v >= 0 && u < side && v < side ? 1 : 0;
            }
        }

        return inside / Math.Pow(side / 16, 2);
    }

    /// <summary>Largest error at the picture's corners, in pixels of the reference.</summary>
    public static double CornerError(RegistrationOutcome outcome, in PlaneTransform toPicture, int width, int height)
    {
        if (!outcome.IsRegistered)
        {
            return double.PositiveInfinity;
        }

        var truth = toPicture.Invert();
        var error = 0.0;
        foreach (var (x, y) in (ReadOnlySpan<(int, int)>)[(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)])
        {
            var (u, v) = outcome.Alignment.PictureToReference.Apply(x, y);
            var (trueU, trueV) = truth.Apply(x, y);
            error = Math.Max(error, Math.Sqrt(((u - trueU) * (u - trueU)) + ((v - trueV) * (v - trueV))));
        }

        return error;
    }
}
