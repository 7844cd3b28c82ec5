using Chitti.Imaging;

namespace Chitti.Evaluation;

/// <summary>
/// Compares what annotation files state with the headers of the pictures: boxes of another size or orientation would be
/// wrong without a word.
/// </summary>
internal sealed class TruthAssembly(TruthFaults faults)
{
    // Of rounding: tools write edges one pixel, or a ten-thousandth, beyond the picture.
    private const double PixelTolerance = 1.01;
    private const double FractionTolerance = 0.002;

    // Whether a picture is too large is decided when it is inspected.
    private static readonly ImageLimits _anySize = new() { MaxPixels = int.MaxValue / 4, MaxSide = 1_000_000 };

    private readonly List<string> _notes = [];
    private int _repeated;

    public void Note(string note) => _notes.Add(note);

    /// <exception cref="TruthException">The truth has faults.</exception>
    public GroundTruth Assemble(TruthFormat format, IReadOnlyList<StatedPicture> stated)
    {
        foreach (var twice in stated.GroupBy(picture => Path.GetFullPath(picture.File), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add(twice.Last().At, $"states picture '{twice.Key}' once more, after {twice.First().At}; one statement is allowed");
        }

        var pictures = stated.Select(Assemble).OrderBy(picture => picture.File, StringComparer.Ordinal).ToList();
        faults.ThrowIfAny();
        if (pictures.Count == 0)
        {
            throw new TruthException("The truth has no pictures; at least one is needed.");
        }

        if (_repeated > 0)
        {
            Note(FormattableString.Invariant($"{_repeated} boxes that repeat another one of their picture exactly were left out."));
        }

        return new() { Format = format, Pictures = pictures, Notes = _notes };
    }

    private TruthPicture Assemble(StatedPicture stated)
    {
        var identified = Identify(stated.File);
        if (identified.Header is not { } header)
        {
            return new() { File = stated.File, Width = 0, Height = 0, Boxes = [], Fault = identified.Fault };
        }

        CheckOrientation(stated, header);
        var boxes = new List<TruthBox>();
        foreach (var box in stated.Boxes)
        {
            var (across, down, tolerance) = stated.InFractions ? (1.0, 1.0, FractionTolerance) : (header.Width, header.Height, PixelTolerance);
            if (!(box.X >= -tolerance && box.Y >= -tolerance && box.X + box.Width <= across + tolerance && box.Y + box.Height <= down + tolerance))
            {
                faults.Add(box.At, $"the box from ({box.X:0.####}, {box.Y:0.####}) to ({box.X + box.Width:0.####}, {box.Y + box.Height:0.####}) leaves the picture, which ends at ({across:0}, {down:0})");
                continue;
            }

            var (scaleX, scaleY) = stated.InFractions ? (header.Width, header.Height) : (1, 1);
            var whole = new TruthBox(
                box.Class, new((float)(box.X * scaleX), (float)(box.Y * scaleY), (float)(box.Width * scaleX), (float)(box.Height * scaleY)), box.Role);
            if (boxes.Contains(whole))
            {
                _repeated++;
            }
            else
            {
                boxes.Add(whole);
            }
        }

        return new() { File = stated.File, Width = header.Width, Height = header.Height, Boxes = boxes };
    }

    private void CheckOrientation(StatedPicture stated, ImageHeader header)
    {
        var upright = (header.Width, header.Height);
        if (stated.Size is { } size && size != upright)
        {
            faults.Add(stated.At, Orientation.SwapsSides(header.Orientation) && size == (header.Height, header.Width)
                ? (FormattableString)$"states {size.Width} x {size.Height} pixels, which '{stated.File}' has before its EXIF orientation; boxes of the upright picture ({header.Width} x {header.Height}) are needed: save the picture upright and annotate that"
                : $"states {size.Width} x {size.Height} pixels; '{stated.File}' has {header.Width} x {header.Height}");
        }
        else if (header.Orientation != Orientation.Upright && stated.Boxes.Count > 0 && (stated.Size is null || !Orientation.SwapsSides(header.Orientation) || header.Width == header.Height))
        {
            // Annotation tools differ in whether they apply it, and a box of the wrong kind lies within the picture as well.
            faults.Add(stated.At, $"'{stated.File}' is turned by its EXIF orientation ({header.Orientation}), and nothing says whether the boxes are meant before or after; save the picture upright and check the boxes");
        }
    }

    private static (ImageHeader? Header, string? Fault) Identify(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var identified = ImageIdentifier.Identify(stream, _anySize, long.MaxValue);
            return (identified.Header, identified.Fault?.Detail);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }
}
