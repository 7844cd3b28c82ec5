namespace Chitti.Registration;

/// <summary>Tries every shift of a transform in whole pixels of a coarse level.</summary>
internal sealed class ShiftSearch
{
    // Of points inside the picture.
    private const double MinShare = 0.45;

    private readonly PlaneLevel _picture;
    private readonly GradientPoints _points;
    private readonly int _range;
    private readonly double[] _scores;

    /// <param name="points">Of a coarse level.</param>
    /// <param name="picture">A coarse level.</param>
    /// <param name="toPicture">From the full reference to the full picture; what is shifted.</param>
    /// <param name="range">Largest shift each way, in pixels of the level.</param>
    public ShiftSearch(GradientPoints points, PlaneLevel picture, in PlaneTransform toPicture, int range)
    {
        (_points, _picture, _range) = (points, picture, range);
        var side = (2 * range) + 1;
        _scores = new double[side * side];
        var (columns, rows) = Positions(toPicture);
        for (var dy = -range; dy <= range; dy++)
        {
            for (var dx = -range; dx <= range; dx++)
            {
                _scores[((dy + range) * side) + dx + range] = Score(columns, rows, dx, dy);
            }
        }
    }

    /// <summary>The transform with its best shift.</summary>
    public static PlaneTransform Best(GradientPoints points, PlaneLevel picture, in PlaneTransform toPicture, int range)
    {
        var search = new ShiftSearch(points, picture, toPicture, range);
        var best = Array.IndexOf(search._scores, search._scores.Max());
        return toPicture.Then(search.Shift(best));
    }

    /// <summary>Shifts whose correlation is at least a limit and not lower than at the eight shifts around, in no order.</summary>
    public IEnumerable<PlaneTransform> Peaks(double limit)
    {
        var side = (2 * _range) + 1;
        for (var i = 0; i < _scores.Length; i++)
        {
            if (_scores[i] >= limit && IsPeak(i % side, i / side, side))
            {
                yield return Shift(i);
            }
        }
    }

    private bool IsPeak(int x, int y, int side)
    {
        for (var row = Math.Max(0, y - 1); row <= Math.Min(side - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(side - 1, x + 1); column++)
            {
                if (_scores[(row * side) + column] > _scores[(y * side) + x])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private PlaneTransform Shift(int index)
    {
        var side = (2 * _range) + 1;
        return PlaneTransform.Translation(((index % side) - _range) / _picture.FromFull.A, ((index / side) - _range) / _picture.FromFull.E);
    }

    private (int[] Columns, int[] Rows) Positions(in PlaneTransform toPicture)
    {
        var map = _points.Normalisation.Then(toPicture).Then(_picture.FromFull);
        var (columns, rows) = (new int[_points.Count], new int[_points.Count]);
        for (var i = 0; i < _points.Count; i++)
        {
            var (x, y) = map.Apply(_points.X[i], _points.Y[i]);
            (columns[i], rows[i]) = ((int)Math.Round(x), (int)Math.Round(y));
        }

        return (columns, rows);
    }

    private double Score(int[] columns, int[] rows, int dx, int dy)
    {
        var (width, height, pixels) = (_picture.Plane.Width, _picture.Plane.Height, _picture.Plane.Pixels);
        var n = 0;
        float sumR = 0, sumS = 0, sumRr = 0, sumSs = 0, sumRs = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var (x, y) = (columns[i] + dx, rows[i] + dy);
            if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            {
                continue;
            }

            float r = _points.Value[i], s = pixels[(y * width) + x];
            n++;
            sumR += r;
            sumS += s;
            sumRr += r * r;
            sumSs += s * s;
            sumRs += r * s;
        }

        return n >= Math.Max(PointAlignment.MinPoints, MinShare * columns.Length) ? Moments.Of(n, sumR, sumS, sumRr, sumSs, sumRs).Correlation : -1;
    }
}
