namespace Chitti.Inference;

/// <summary>Compares one picture with those of the training, part by part.</summary>
/// <param name="model">The model.</param>
/// <param name="collect">Whether to keep what was seen, to compute statistics from it.</param>
internal sealed class TrainingCheck(OnnxModel model, bool collect)
{
    private readonly TrainingStatistics? _statistics = model.Description.Statistics;
    private readonly List<LookedAt> _seen = [];
    private PictureDeviation? _picture;
    private double? _distance;
    private (int X, int Y)? _place;
    private bool _isTooNarrow;

    /// <summary>Whether there is anything to do.</summary>
    public static bool IsNeeded(OnnxModel model, bool collect) => collect || model.Description.Statistics is not null;

    /// <summary>What was seen, if it was to be kept.</summary>
    public IReadOnlyList<LookedAt> Seen => _seen;

    /// <summary>The comparison; null if the model has no statistics, or was not run.</summary>
    public TrainingComparison? Result => _picture is null ? null : new()
    {
        Distance = _distance,
        Place = _place,
        IsTooNarrow = _isTooNarrow,
        Picture = _picture,
    };

    /// <summary>Looks at one part.</summary>
    /// <param name="part">Where it is in the picture.</param>
    /// <param name="letterbox">Where it is in the input.</param>
    /// <param name="picture">What the part itself tells.</param>
    /// <param name="features">The output <c>features</c>; empty if there is none.</param>
    public void Look(in Tile part, in Letterbox letterbox, PictureMeasures picture, ReadOnlySpan<float> features)
    {
        List<(float[] Vector, (int X, int Y)? Place)> places = model.Signature.Features is { } shape ? Places(part, letterbox, shape, features) : [];
        if (collect)
        {
            _seen.Add(new([.. places.Select(one => one.Vector)], picture));
        }

        if (_statistics is null)
        {
            return;
        }

        var deviation = _statistics.Picture.Check(picture);
        _picture = _picture is null || (_picture.Fault is null && deviation.Fault is not null) ? deviation : _picture;
        if (_statistics.Features is not { } known)
        {
            return;
        }

        _isTooNarrow |= places.Count == 0;
        foreach (var (vector, place) in places)
        {
            var distance = known.Distance(vector);
            // Not a number is never inside.
            if (_distance is null || !(distance <= _distance))
            {
                (_distance, _place) = (double.IsNaN(distance) ? double.PositiveInfinity : distance, place);
            }
        }
    }

    /// <summary>The vectors of the places that lie wholly inside the picture: in the others, padding is mixed with it.</summary>
    private List<(float[] Vector, (int X, int Y)? Place)> Places(in Tile part, in Letterbox letterbox, FeatureShape shape, ReadOnlySpan<float> features)
    {
        var places = new List<(float[], (int, int)?)>();
        var (width, height) = ((double)model.Input.Width / shape.Columns, (double)model.Input.Height / shape.Rows);
        for (var row = 0; row < shape.Rows; row++)
        {
            for (var column = 0; column < shape.Columns; column++)
            {
                var (left, top) = (column * width, row * height);
                var isInside = left >= letterbox.Left - 0.5 && top >= letterbox.Top - 0.5
                    && left + width <= letterbox.Left + letterbox.Width + 0.5 && top + height <= letterbox.Top + letterbox.Height + 0.5;
                if (shape.IsWhole || isInside)
                {
                    var vector = new float[shape.Channels];
                    for (var channel = 0; channel < vector.Length; channel++)
                    {
                        vector[channel] = features[(((channel * shape.Rows) + row) * shape.Columns) + column];
                    }

                    (int, int) centre = (
                        part.X + (int)Math.Round((left + (width / 2) - letterbox.Left) / letterbox.Ratio),
                        part.Y + (int)Math.Round((top + (height / 2) - letterbox.Top) / letterbox.Ratio));
                    places.Add((vector, shape.IsWhole ? null : centre));
                }
            }
        }

        return places;
    }
}
