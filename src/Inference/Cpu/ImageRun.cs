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
        var job = new Job(item) { Check = TrainingCheck.IsNeeded(model, item.Options.KeepLookedAt) ? new(model, item.Options.KeepLookedAt) : null };
        List<Candidate> found;
        using (image)
        {
            FindReference(image, job);
            plan = model.Description.NeedsReference && job.Comparison is null ? plan.WithoutCoverage() : plan;
            found = plan.Tiles.Count == 0 ? DetectWhole(image, job.Check, job) : DetectParts(image, plan, job);
        }

        var ended = time.GetTimestamp();
        var total = time.GetElapsedTime(item.Accepted, ended);
        var (preprocess, inference, postprocess) = (job.Times.Preprocess, job.Times.Inference, job.Times.Postprocess);
        var decode = time.GetElapsedTime(started, decoded) - waited;
        var queue = total - decode - preprocess - inference - postprocess;
        return new()
        {
            Findings = ToFindings(found, header),
            ImageWidth = header.Width,
            ImageHeight = header.Height,
            Quality = job.Quality,
            Tiles = plan.Tiles.Count,
            Coverage = plan.Coverage,
            Scale = plan.Scale,
            Training = job.Check?.Result,
            LookedAt = job.Check?.Seen ?? [],
            Reference = job.Match is { } match ? match with { IsCopy = job.Comparison is { FoundNoDifference: true } } : null,
            BatchSize = 1,
            Timing = new(
                queue.TotalMilliseconds, decode.TotalMilliseconds, preprocess.TotalMilliseconds,
                inference.TotalMilliseconds, postprocess.TotalMilliseconds, total.TotalMilliseconds),
        };
    }

    private void FindReference(in DecodedImage image, Job job)
    {
        var options = job.Item.Options;
        if (options.References.Count == 0)
        {
            return;
        }

        var begun = time.GetTimestamp();
        var match = ReferenceFinder.Find(image, options.References, options.Registration);
        job.Match = match;
        if (model.Description.NeedsReference && match.PictureToReference is { } toReference)
        {
            job.Comparison = new(options.References.First(reference => reference.Sha256 == match.Sha256).Prepared.Plane, toReference);
        }

        job.Times.Preprocess += time.GetElapsedTime(begun);
    }

    private List<Candidate> DetectWhole(in DecodedImage image, TrainingCheck? check, Job job)
    {
        var header = image.Header;
        return Run(image.View, new(0, 0, header.Width, header.Height), job.Item.Options, check, job);
    }

    private List<Candidate> DetectParts(in DecodedImage image, TilePlan plan, Job job)
    {
        var merging = new TileMerging(plan, image.Width, image.Height, job.Item.Options);
        // The training showed no picture at the scale of the whole.
        merging.AddOverview(DetectWhole(image, check: null, job));
        var options = job.Item.Options with { MeasureQuality = false };
        foreach (var (index, tile) in plan.Tiles.Index())
        {
            merging.Add(index, Run(image.Part(tile.X, tile.Y, tile.Width, tile.Height), tile, options, job.Check, job));
        }

        var begun = time.GetTimestamp();
        var merged = merging.Merge();
        job.Times.Postprocess += time.GetElapsedTime(begun);
        return merged;
    }

    /// <returns>Boxes in pixels of the whole picture.</returns>
    private List<Candidate> Run(in PixelView pixels, Tile tile, DetectionOptions options, TrainingCheck? check, Job job)
    {
        var letterbox = Letterbox.Fit(tile.Width, tile.Height, model.Input);
        var session = sessions.Take(job.Item.Abandoned);
        try
        {
            var found = session.Run(pixels, tile, letterbox, job.Comparison, options, check, ref job.Times, out var quality);
            job.Quality ??= quality;
            return found.ConvertAll(box =>
            {
                var place = letterbox.ToImage(box);
                return box with
                {
                    Left = tile.X + place.X,
                    Top = tile.Y + place.Y,
                    Right = tile.X + place.X + place.Width,
                    Bottom = tile.Y + place.Y + place.Height,
                };
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

    /// <summary>One image, and what is known of it so far.</summary>
    private sealed class Job(WorkItem item)
    {
        public StageTimes Times;

        public WorkItem Item => item;

        public TrainingCheck? Check { get; init; }

        public ReferenceMatch? Match { get; set; }

        public Comparison? Comparison { get; set; }

        public ImageQuality? Quality { get; set; }
    }
}
