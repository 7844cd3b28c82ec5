using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>Shows a decoded image to the model, as a whole or in parts, and makes the result.</summary>
/// <param name="model">The model.</param>
/// <param name="sessions">A session is taken for each part, so that other images come in between.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageRun(OnnxModel model, SessionPool sessions, TimeProvider time)
{
    /// <param name="image">Disposed as soon as the model no longer needs it.</param>
    /// <param name="plan">Its parts.</param>
    /// <param name="item">What the caller wants.</param>
    /// <param name="started">Timestamp of the beginning of the decode.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public DetectionResult Detect(DecodedImage image, TilePlan plan, WorkItem item, long started)
    {
        var decoded = time.GetTimestamp();
        var (header, waited) = (image.Header, image.Waited);
        var times = default(StageTimes);
        ImageQuality? quality;
        List<Candidate> found;
        using (image)
        {
            found = plan.Tiles.Count == 0 ? DetectWhole(image, item, ref times, out quality) : DetectParts(image, plan, item, ref times, out quality);
        }

        var ended = time.GetTimestamp();
        var total = time.GetElapsedTime(item.Accepted, ended);
        var busy = times.Preprocess + times.Inference + times.Postprocess;
        var decode = time.GetElapsedTime(started, decoded) - waited;
        return new()
        {
            Findings = ToFindings(found, header),
            ImageWidth = header.Width,
            ImageHeight = header.Height,
            Quality = quality,
            Tiles = plan.Tiles.Count,
            Coverage = plan.Coverage,
            Scale = plan.Scale,
            BatchSize = 1,
            Timing = new(
                (total - busy - decode).TotalMilliseconds, decode.TotalMilliseconds, times.Preprocess.TotalMilliseconds,
                times.Inference.TotalMilliseconds, times.Postprocess.TotalMilliseconds, total.TotalMilliseconds),
        };
    }

    private List<Candidate> DetectWhole(in DecodedImage image, WorkItem item, ref StageTimes times, out ImageQuality? quality)
    {
        var letterbox = Letterbox.Fit(image.Header.Width, image.Header.Height, model.Input);
        return Run(image.View, letterbox, new(0, 0, image.Header.Width, image.Header.Height), item, item.Options, ref times, out quality);
    }

    private List<Candidate> DetectParts(in DecodedImage image, TilePlan plan, WorkItem item, ref StageTimes times, out ImageQuality? quality)
    {
        var merging = new TileMerging(plan, image.Width, image.Height, item.Options);
        merging.AddOverview(DetectWhole(image, item, ref times, out quality));
        var options = item.Options with { MeasureQuality = false };
        foreach (var (index, tile) in plan.Tiles.Index())
        {
            var letterbox = Letterbox.Fit(tile.Width, tile.Height, model.Input);
            merging.Add(index, Run(image.Part(tile.X, tile.Y, tile.Width, tile.Height), letterbox, tile, item, options, ref times, out _));
        }

        var begun = time.GetTimestamp();
        var merged = merging.Merge();
        times.Postprocess += time.GetElapsedTime(begun);
        return merged;
    }

    /// <returns>Boxes in pixels of the whole picture.</returns>
    private List<Candidate> Run(
        in PixelView pixels, in Letterbox letterbox, in Tile tile, WorkItem item, DetectionOptions options, ref StageTimes times, out ImageQuality? quality)
    {
        var session = sessions.Take(item.Abandoned);
        try
        {
            var (fit, x, y) = (letterbox, tile.X, tile.Y);
            return session.Run(pixels, letterbox, options, ref times, out quality).ConvertAll(box =>
            {
                var place = fit.ToImage(box);
                return box with { Left = x + place.X, Top = y + place.Y, Right = x + place.X + place.Width, Bottom = y + place.Y + place.Height };
            });
        }
        finally
        {
            sessions.Return(session);
        }
    }

    private Finding[] ToFindings(List<Candidate> found, ImageHeader header) =>
    [
        .. from box in found
           // A box in the padding shows nothing of the image.
           where box.Left < header.Width && box.Top < header.Height && box.Right > 0 && box.Bottom > 0
           select new Finding(
               box.ClassId, model.Description.Classes[box.ClassId], box.Confidence, new(box.Left, box.Top, box.Right - box.Left, box.Bottom - box.Top)),
    ];
}
