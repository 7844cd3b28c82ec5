using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Inspectors' ratings, with the pictures of the truth that they are of.</summary>
public sealed class AgreementStudy
{
    private readonly RatingsFile _ratings;

    // By part.
    private readonly Dictionary<string, string> _files;

    private AgreementStudy(RatingsFile ratings, Dictionary<string, string> files) => (_ratings, _files) = (ratings, files);

    /// <summary>Finds the picture of each part. Its name is the picture's path or the end of it, with or without the extension.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="truth">The truth, with the model's names of classes.</param>
    /// <param name="profile">The profile to judge by: it decides whether a part is truly bad.</param>
    /// <exception cref="TruthException">
    /// A name means several pictures, two names mean one, the reference of a part contradicts the truth, or no part is in the truth.
    /// </exception>
    public static AgreementStudy Match(RatingsFile ratings, GroundTruth truth, ComponentProfile profile)
    {
        var faults = new TruthFaults();
        var names = new PartNames(truth.Pictures.Select(picture => picture.File));
        var pictures = truth.Pictures.ToDictionary(picture => picture.File, StringComparer.Ordinal);
        var parts = new Dictionary<string, AgreementRating>(StringComparer.Ordinal);
        foreach (var row in ratings.Ratings.DistinctBy(row => row.Part))
        {
            var at = $"'{ratings.Path}', line {row.Line}, part '{row.Part}'";
            var found = names.Find(row.Part);
            if (found.Count > 1)
            {
                faults.Add(at, $"fits {found.Count} pictures ({string.Join(", ", found.Take(3))}{(found.Count > 3 ? ", …" : "")}); write more of the path");
            }
            else if (found is [var file])
            {
                if (!parts.TryAdd(file, row))
                {
                    faults.Add(at, $"is the same picture as part '{parts[file].Part}' on line {parts[file].Line} ({file}); write it in one way");
                }
                else if (pictures[file] is { Fault: null } picture && TrueVerdict.IsBad(picture, profile) != (row.Reference == Rating.Fail))
                {
                    faults.Add(at, row.Reference == Rating.Fail
                        ? $"has the reference fail, and by the truth it is good: {(picture.Boxes.Count == 0 ? "it has no defect" : "the profile allows its defects")}; correct the one that is wrong"
                        : "has the reference pass, and by the truth it has defects that the profile rejects; correct the one that is wrong");
                }
            }
        }

        faults.ThrowIfAny();
        if (parts.Count == 0)
        {
            throw new TruthException(
                $"'{ratings.Path}'", $"none of its parts is a picture of the truth; the first is '{ratings.Ratings[0].Part}'. A part is the name of a picture, such as '{Path.GetFileName(truth.Pictures[0].File)}'");
        }

        return new(ratings, parts.ToDictionary(part => part.Value.Part, part => part.Key, StringComparer.Ordinal));
    }

    /// <summary>Compares the verdicts of a run with the ratings.</summary>
    internal AgreementFigures Compare(IReadOnlyList<PictureOutcome> pictures, IReadOnlyList<NotInspected> notInspected)
    {
        var verdicts = pictures.ToDictionary(picture => picture.File, picture => picture.Verdict, StringComparer.Ordinal);
        var byPart = _ratings.Ratings.GroupBy(row => row.Part, StringComparer.Ordinal).ToList();
        List<AgreementPart> parts = [];
        List<NotEvaluatedPart> notEvaluated = [];
        foreach (var rows in byPart)
        {
            if (!_files.TryGetValue(rows.Key, out var file))
            {
                notEvaluated.Add(new(rows.Key, rows.First().Line, "it is no picture of the truth"));
            }
            else if (!verdicts.TryGetValue(file, out var verdict))
            {
                notEvaluated.Add(new(rows.Key, rows.First().Line, notInspected.First(picture => picture.File == file).Error));
            }
            else
            {
                parts.Add(new(rows.Key, file, rows.First().Reference, RatingOf(verdict), Count(Rating.Pass), Count(Rating.Fail), Count(Rating.Review)));
            }

            int Count(Rating rating) => rows.Count(row => row.Rating == rating);
        }

        var rated = _files.Values.ToHashSet(StringComparer.Ordinal);
        var common = parts.Select(part => part.Part).ToHashSet(StringComparer.Ordinal);
        var ratings = _ratings.Ratings.Where(row => common.Contains(row.Part)).ToList();
        return new()
        {
            Path = _ratings.Path,
            Inspectors = [.. _ratings.Ratings.Select(row => row.Rater).Distinct().Order(StringComparer.Ordinal)],
            Result = parts.Count == 0 ? null : AgreementAnalysis.Compute(ratings, [.. parts.Select(part => new AgreementRating(part.Part, RatingsFile.Model, 1, part.Model, part.Reference, 0))]),
            Reason = parts.Count == 0 ? "none of the rated parts could be inspected" : null,
            InspectorsKappa = parts.Count == 0 || ratings.DistinctBy(row => row.Rater).Count() < 2
                ? AgreementKappa.Undefined(parts.Count == 0 ? "there are no ratings" : "there is one inspector")
                : AgreementAnalysis.Compute(ratings).FleissKappa,
            Parts = parts,
            NotEvaluated = notEvaluated,
            NotRated = [.. pictures.Select(picture => picture.File).Where(file => !rated.Contains(file))],
        };
    }

    private static Rating RatingOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Rating.Pass,
        Verdict.Review => Rating.Review,
        _ => Rating.Fail,
    };
}
