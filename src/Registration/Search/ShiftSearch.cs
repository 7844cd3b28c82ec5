namespace Chitti.Registration;

/// <summary>Tries shifts of a transform in whole pixels of a coarse level.</summary>
internal sealed class ShiftSearch
{
    // Of points inside the picture.
    private const double MinShare = 0.45;
    private const int WideStep = 2;

    private readonly PlaneLevel _picture;
    private readonly GradientPoints _points;
    private readonly int _range;
    private readonly int _step;
    private readonly bool _isWide;
    private readonly int _side;
    private readonly double[] _scores;

    /// <param name="points">Of a coarse level.</param>
    /// <param name="picture">A coarse level.</param>
    /// <param name="toPicture">From the full reference to the full picture; what is shifted.</param>
    /// <param name="range">Largest shift each way, in pixels of the level.</param>
    /// <param name="isWide">
    /// Tries every other shift, and counts points outside the picture as if they did not agree: few points agree in many places.
    /// </param>
    public ShiftSearch(GradientPoints points, PlaneLevel picture, in PlaneTransform toPicture, int range, bool isWide = false)
    {
        (_points, _picture, _range, _isWide, _step) = (points, picture, range, isWide, isWide ? WideStep : 1);
        _side = (2 * range / _step) + 1;
        _scores = new double[_side * _side];
        var (columns, rows) = Positions(toPicture);
        for (var i = 0; i < _scores.Length; i++)
        {
            _scores[i] = Score(columns, rows, (i % _side * _step) - range, (i / _side * _step) - range);
        }
    }

    /// <summary>The transform with its best shift, and the correlation there.</summary>
    public static PointFit Best(GradientPoints points, PlaneLevel picture, in PlaneTransform toPicture, int range, bool isWide = false)
    {
        var search = new ShiftSearch(points, picture, toPicture, range, isWide);
        var score = search._scores.Max();
        return new(toPicture.Then(search.Shift(Array.IndexOf(search._scores, score))), score);
    }

    /// <summary>Shifts whose correlation is at least a limit and not lower than at the eight shifts around, in no order.</summary>
    public IEnumerable<PlaneTransform> Peaks(double limit)
    {
        for (var i = 0; i < _scores.Length; i++)
        {
            if (_scores[i] >= limit && IsPeak(i % _side, i / _side))
            {
                yield return Shift(i);
            }
        }
    }

    private bool IsPeak(int x, int y)
    {
        for (var row = Math.Max(0, y - 1); row <= Math.Min(_side - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(_side - 1, x + 1); column++)
            {
                if (_scores[(row * _side) + column] > _scores[(y * _side) + x])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private PlaneTransform Shift(int index) => PlaneTransform.Translation(
        ((index % _side * _step) - _range) / _picture.FromFull.A, ((index / _side * _step) - _range) / _picture.FromFull.E);

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

        if (n < Math.Max(PointAlignment.MinPoints, MinShare * columns.Length))
        {
            return -1;
        }

        var correlation = Moments.Of(n, sumR, sumS, sumRr, sumSs, sumRs).Correlation;
        return _isWide ? correlation * n / columns.Length : correlation;
    }
}
