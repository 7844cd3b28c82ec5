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
    public static AgreementReading Read(Stream stream)
    {
        var (ratings, faults) = AgreementFile.Read(stream);
        if (faults.Count == 0)
        {
            faults = AgreementDesign.Check(ratings);
        }

        return faults.Count == 0 ? new(ratings, []) : new([], [.. faults.Take(MaxFaults)]);
    }

    /// <summary>Computes the agreement.</summary>
    /// <param name="ratings">A complete study: each rater rates each part once in each trial.</param>
    /// <exception cref="ArgumentException">The study isn't complete.</exception>
    public static AgreementResult Compute(IReadOnlyList<AgreementRating> ratings)
    {
        if (AgreementDesign.Check(ratings) is [var fault, ..])
        {
            throw new ArgumentException(fault.Message, nameof(ratings));
        }

        var trials = ratings.Select(row => row.Trial).Distinct().Count();
        var parts = ratings.GroupBy(row => row.Part).ToList();
        var raters = ratings.GroupBy(row => row.Rater).OrderBy(rater => rater.Key, StringComparer.Ordinal).ToList();
        return new(
            parts.Count,
            trials,
            [.. raters.Select(rater => Rater(rater.Key, [.. rater], trials))],
            [.. raters.SelectMany((one, i) => raters.Skip(i + 1).Select(other => Pair(one, other)))],
            AgreementShare.From(parts.Count(part => part.DistinctBy(row => row.Rating).Count() == 1), parts.Count),
            AgreementShare.From(parts.Count(part => part.All(row => row.Rating == row.Reference)), parts.Count),
            Kappa.Fleiss(Counts(parts.Count, parts.SelectMany((part, i) => part.Select(row => (i, (int)row.Rating))))),
            Remarks(parts.Count, trials, raters));
    }

    private static RaterAgreement Rater(string name, List<AgreementRating> rows, int trials)
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
            trials == 1
                ? AgreementShare.None("each part was rated once")
                : AgreementShare.From(parts.Count(part => part.DistinctBy(row => row.Rating).Count() == 1), parts.Count),
            Kappa.Cohen(Counts(_words, rows.Select(row => ((int)row.Rating, (int)row.Reference)))));
    }

    private static PairAgreement Pair(IGrouping<string, AgreementRating> one, IGrouping<string, AgreementRating> other)
    {
        var pairs = one.Join(other, row => (row.Part, row.Trial), row => (row.Part, row.Trial), (a, b) => ((int)a.Rating, (int)b.Rating)).ToList();
        return new(one.Key, other.Key,
            AgreementShare.From(pairs.Count(pair => pair.Item1 == pair.Item2), pairs.Count), Kappa.Cohen(Counts(_words, pairs)));
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

    private static List<string> Remarks(int parts, int trials, List<IGrouping<string, AgreementRating>> raters)
    {
        List<string> remarks = [];
        if (parts < AdvisedParts)
        {
            remarks.Add($"{parts} parts; with fewer than {AdvisedParts} the intervals are wide");
        }

        var (bad, good) = (raters[0].Count(row => row.Reference == Rating.Fail) / trials, raters[0].Count(row => row.Reference == Rating.Pass) / trials);
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
