using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Evaluation;

/// <summary>
/// Agreement of raters on parts with a known state (attribute measurement systems analysis; AIAG MSA, 4th edition). The model
/// is a rater like the inspectors.
/// </summary>
public static class AgreementAnalysis
{
    /// <summary>The most faults that are reported of one file.</summary>
    public const int MaxFaults = 100;

    /// <summary>The number of parts below which a study is called small (AIAG MSA, 4th edition, uses 50).</summary>
    public const int AdvisedParts = 50;

    private const int MinRaters = 2;

    private static readonly int _words = Enum.GetValues<Rating>().Length;

    /// <summary>
    /// Reads a CSV file with a header and the columns <c>part</c>, <c>rater</c>, <c>trial</c> (1 or above), <c>rating</c>
    /// (pass, fail or review) and <c>reference</c> (pass or fail), in any order. Other columns are ignored. The separator is a
    /// comma, semicolon, tab or bar.
    /// </summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AgreementReading Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads ratings from a stream; see <see cref="Read(string)"/>.</summary>
    public static AgreementReading Read(Stream stream) => Read(stream, MinRaters);

    /// <param name="stream">The file.</param>
    /// <param name="minRaters">How many raters it must have.</param>
    internal static AgreementReading Read(Stream stream, int minRaters)
    {
        var (ratings, faults) = AgreementFile.Read(stream);
        if (faults.Count == 0)
        {
            faults = AgreementDesign.Check(ratings, minRaters);
        }

        return faults.Count == 0 ? new(ratings, []) : new([], [.. faults.Take(MaxFaults)]);
    }

    /// <summary>Computes the agreement.</summary>
    /// <param name="ratings">A complete study: each rater rates each part once in each trial.</param>
    /// <param name="once">
    /// The ratings of one more rater, one of each part, that stand for all trials: repeated, a model's verdicts on the same
    /// pictures would count as more evidence than they are, and as agreement with itself. Null for none.
    /// </param>
    /// <exception cref="ArgumentException">The study isn't complete.</exception>
    public static AgreementResult Compute(IReadOnlyList<AgreementRating> ratings, IReadOnlyList<AgreementRating>? once = null)
    {
        if (AgreementDesign.Check(ratings, once is null ? MinRaters : 1) is [var fault, ..])
        {
            throw new ArgumentException(fault.Message, nameof(ratings));
        }

        if (once is not null && !AgreementDesign.IsOfTheSameParts(once, ratings))
        {
            throw new ArgumentException("one more rater, who rates each part once, is needed", nameof(once));
        }

        var trials = ratings.Select(row => row.Trial).Distinct().Count();
        List<AgreementRating> all = [.. ratings, .. once ?? []];
        var parts = all.GroupBy(row => row.Part).ToList();
        var raters = all.GroupBy(row => row.Rater).OrderBy(rater => rater.Key, StringComparer.Ordinal).ToList();
        return new(
            parts.Count,
            trials,
            [.. raters.Select(rater => Rater(rater.Key, [.. rater]))],
            [.. raters.SelectMany((one, i) => raters.Skip(i + 1).Select(other => Pair(one, other)))],
            AgreementShare.From(parts.Count(part => part.DistinctBy(row => row.Rating).Count() == 1), parts.Count),
            AgreementShare.From(parts.Count(part => part.All(row => row.Rating == row.Reference)), parts.Count),
            Kappa.Fleiss(Counts(parts.Count, parts.SelectMany((part, i) => part.Select(row => (i, (int)row.Rating))))),
            Remarks(parts.Count, trials, ratings));
    }

    private static RaterAgreement Rater(string name, List<AgreementRating> rows)
    {
        var parts = rows.GroupBy(row => row.Part).ToList();
        var bad = rows.Where(row => row.Reference == Rating.Fail).ToList();
        var good = rows.Where(row => row.Reference == Rating.Pass).ToList();
        return new(
            name,
            AgreementShare.From(parts.Count(part => part.All(row => row.Rating == row.Reference)), parts.Count, AgreementLimits.Effectiveness),
            bad.Count == 0
                ? AgreementShare.None("no part is bad by the reference", AgreementLimits.MissRate)
                : AgreementShare.From(bad.Count(row => row.Rating == Rating.Pass), bad.Count, AgreementLimits.MissRate),
            good.Count == 0
                ? AgreementShare.None("no part is good by the reference", AgreementLimits.FalseAlarmRate)
                : AgreementShare.From(good.Count(row => row.Rating != Rating.Pass), good.Count, AgreementLimits.FalseAlarmRate),
            rows.Count == parts.Count
                ? AgreementShare.None("each part was rated once")
                : AgreementShare.From(parts.Count(part => part.DistinctBy(row => row.Rating).Count() == 1), parts.Count),
            Kappa.Cohen(Counts(_words, rows.Select(row => ((int)row.Rating, (int)row.Reference)))));
    }

    private static PairAgreement Pair(IGrouping<string, AgreementRating> one, IGrouping<string, AgreementRating> other)
    {
        // One rating for all trials meets each trial of the other rater.
        var byTrial = one.Count() == other.Count();
        var pairs = one.Join(other, Key, Key, (a, b) => ((int)a.Rating, (int)b.Rating)).ToList();
        return new(one.Key, other.Key,
            AgreementShare.From(pairs.Count(pair => pair.Item1 == pair.Item2), pairs.Count), Kappa.Cohen(Counts(_words, pairs)));

        (string, int) Key(AgreementRating row) => (row.Part, byTrial ? row.Trial : 0);
    }

    private static Matrix<double> Counts(int rows, IEnumerable<(int Row, int Column)> entries)
    {
        var counts = Matrix<double>.Build.Dense(rows, _words);
        foreach (var (row, column) in entries)
        {
            counts[row, column]++;
        }

        return counts;
    }

    private static List<string> Remarks(int parts, int trials, IReadOnlyList<AgreementRating> ratings)
    {
        List<string> remarks = [];
        if (parts < AdvisedParts)
        {
            remarks.Add($"{parts} parts; with fewer than {AdvisedParts} the intervals are wide");
        }

        var bad = ratings.Where(row => row.Reference == Rating.Fail).DistinctBy(row => row.Part).Count();
        var good = parts - bad;
        if (bad * 4 < parts || good * 4 < parts)
        {
            remarks.Add($"{bad} bad and {good} good parts; with less than a quarter of either, the rate and the kappas of that kind say little");
        }

        if (trials == 1)
        {
            remarks.Add("one trial; whether a rater repeats its own rating is not shown");
        }

        return remarks;
    }
}
