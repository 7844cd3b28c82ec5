namespace Chitti.Registration;

/// <summary>
/// Finds similarities, within wide limits of rotation and scale, that many features of picture and reference agree on
/// (RANSAC over pairs of matches, separately for each quarter turn; deterministic).
/// </summary>
internal sealed class FeatureSearch
{
    private const int MaxDistance = 64;
    private const int Samples = 3000;
    private const int MinInliers = 7;

    // Features' own angles are within this of the turn; the result must be within MaxRotation.
    private const double AngleTolerance = 35 * Math.PI / 180;
    private const double MaxRotation = 26 * Math.PI / 180;

    private readonly GreyPlane _reference;
    private readonly GreyPlane _picture;
    private readonly double _tolerance;
    private readonly List<Match> _matches = [];

    private FeatureSearch(PreparedReference reference, Features features, GreyPlane picture)
    {
        (_reference, _picture) = (reference.Plane, picture);
        _tolerance = 5.0 * picture.LongSide / 640;
        Collect(reference.Features, features);
    }

    /// <summary>Starts for an alignment, from the full reference to the full picture.</summary>
    public static IEnumerable<PlaneTransform> Find(PreparedReference reference, Features features, GreyPlane picture)
    {
        var search = new FeatureSearch(reference, features, picture);
        for (var turn = 0; turn < 4; turn++)
        {
            if (search.FindTurn(turn * Math.PI / 2) is { } found)
            {
                yield return found;
            }
        }
    }

    private void Collect(Features reference, Features picture)
    {
        var ours = reference.Descriptors;
        var theirs = picture.Descriptors;
        for (var i = 0; i < picture.Count; i++)
        {
            var descriptor = theirs.Slice(i * Features.Words, Features.Words);
            var (best, second, bestAt, secondAt) = (int.MaxValue, int.MaxValue, -1, -1);
            for (var j = 0; j < reference.Count; j++)
            {
                var distance = Features.Distance(ours.Slice(j * Features.Words, Features.Words), descriptor);
                if (distance < best)
                {
                    (best, second, bestAt, secondAt) = (distance, best, j, bestAt);
                }
                else if (distance < second)
                {
                    (second, secondAt) = (distance, j);
                }
            }

            // No ratio test: on a part with repeated patterns the second is often the right one.
            Add(best, bestAt);
            Add(second, secondAt);

            void Add(int distance, int at)
            {
                if (distance <= MaxDistance)
                {
                    _matches.Add(new(reference[at].X, reference[at].Y, picture[i].X, picture[i].Y, picture[i].Angle - reference[at].Angle));
                }
            }
        }
    }

    private PlaneTransform? FindTurn(double turn)
    {
        var matches = _matches.Where(match => Math.Abs(Wrap(match.Angle - turn)) <= AngleTolerance).ToArray();
        if (matches.Length < MinInliers)
        {
            return null;
        }

        var random = new FixedRandom(12345);
        var minLength = 0.1 * _reference.LongSide;
        var (best, bestInliers) = (PlaneTransform.Identity, 0);
        for (var i = 0; i < Samples; i++)
        {
            var (one, other) = (matches[random.Next(matches.Length)], matches[random.Next(matches.Length)]);
            var (dx, dy) = (other.X - one.X, other.Y - one.Y);
            if ((dx * dx) + (dy * dy) >= minLength * minLength
                && Similarity(one, other) is { } map && IsPlausible(map, turn)
                && CountInliers(matches, map) is var inliers && inliers > bestInliers)
            {
                (best, bestInliers) = (map, inliers);
            }
        }

        for (var i = 0; i < 3 && bestInliers >= MinInliers; i++)
        {
            if (Fit([.. matches.Where(match => IsInlier(match, best))]) is not { } map || CountInliers(matches, map) < bestInliers)
            {
                break;
            }

            (best, bestInliers) = (map, CountInliers(matches, map));
        }

        return bestInliers >= MinInliers ? best : null;
    }

    private bool IsPlausible(in PlaneTransform map, double turn)
    {
        var scale = Math.Sqrt((map.A * map.A) + (map.D * map.D));
        var relative = scale * _reference.LongSide / _picture.LongSide;
        return Math.Abs(Wrap(Math.Atan2(map.D, map.A) - turn)) <= MaxRotation && (scale is > 0.6 and < 1.7 || relative is > 0.6 and < 1.7);
    }

    private int CountInliers(Match[] matches, in PlaneTransform map)
    {
        var count = 0;
        foreach (var match in matches)
        {
            count += IsInlier(match, map) ? 1 : 0;
        }

        return count;
    }

    private bool IsInlier(in Match match, in PlaneTransform map)
    {
        var dx = (map.A * match.X) + (map.B * match.Y) + map.C - match.U;
        var dy = (map.D * match.X) + (map.E * match.Y) + map.F - match.V;
        return (dx * dx) + (dy * dy) <= _tolerance * _tolerance;
    }

    private static PlaneTransform? Similarity(in Match one, in Match other) => Fit([one, other]);

    /// <summary>Least squares.</summary>
    private static PlaneTransform? Fit(ReadOnlySpan<Match> matches)
    {
        double x = 0, y = 0, u = 0, v = 0;
        foreach (var match in matches)
        {
            (x, y, u, v) = (x + match.X, y + match.Y, u + match.U, v + match.V);
        }

        var n = matches.Length;
        (x, y, u, v) = (x / n, y / n, u / n, v / n);
        double dot = 0, cross = 0, square = 0;
        foreach (var match in matches)
        {
            var (dx, dy, du, dv) = (match.X - x, match.Y - y, match.U - u, match.V - v);
            dot += (dx * du) + (dy * dv);
            cross += (dx * dv) - (dy * du);
            square += (dx * dx) + (dy * dy);
        }

        if (!(square > 0))
        {
            return null;
        }

        var (a, d) = (dot / square, cross / square);
        return new(a, -d, u - (a * x) + (d * y), d, a, v - (d * x) - (a * y));
    }

    private static double Wrap(double angle) => Math.IEEERemainder(angle, 2 * Math.PI);

    /// <param name="X">In the reference.</param>
    /// <param name="Y">In the reference.</param>
    /// <param name="U">In the picture.</param>
    /// <param name="V">In the picture.</param>
    /// <param name="Angle">From the reference to the picture, in radians.</param>
    private readonly record struct Match(float X, float Y, float U, float V, float Angle);
}
