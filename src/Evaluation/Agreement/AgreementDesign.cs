namespace Chitti.Evaluation;

/// <summary>Checks that ratings form a complete study: each rater rates each part once in each trial.</summary>
internal static class AgreementDesign
{
    public static List<AgreementFault> Check(IReadOnlyList<AgreementRating> ratings, int minRaters)
    {
        List<AgreementFault> faults = [.. Spellings(ratings, "part", row => row.Part), .. Spellings(ratings, "rater", row => row.Rater)];
        foreach (var part in ratings.GroupBy(row => row.Part))
        {
            faults.AddRange(part.Where(row => row.Reference != part.First().Reference).Select(row => new AgreementFault(
                row.Line, "reference", Text(row.Reference), $"differs from line {part.First().Line}, where part {part.Key} has {Text(part.First().Reference)}")));
        }

        foreach (var same in ratings.GroupBy(row => (row.Part, row.Rater, row.Trial)).Where(group => group.Count() > 1))
        {
            faults.AddRange(same.Skip(1).Select(row => new AgreementFault(
                row.Line, "trial", $"{row.Trial}", $"rater {row.Rater} already rated part {row.Part} in trial {row.Trial}, on line {same.First().Line}")));
        }

        var parts = ratings.Select(row => row.Part).Distinct().ToList();
        var raters = ratings.Select(row => row.Rater).Distinct().ToList();
        if (raters.Count < minRaters)
        {
            faults.Add(new(null, "rater", null, raters.Count == 0 ? $"there are no ratings; at least {(minRaters == 1 ? "one rater is" : $"{minRaters} raters are")} needed"
                : $"there is one rater, {raters[0]}; at least {minRaters} are needed, for example the model and an inspector"));
        }

        var trials = ratings.Select(row => row.Trial).Distinct().Order().ToList();
        var there = ratings.Select(row => (row.Part, row.Rater, row.Trial)).ToHashSet();
        faults.AddRange(
            from rater in raters
            from trial in trials
            let missing = parts.Where(part => !there.Contains((part, rater, trial))).ToList()
            where missing.Count > 0
            select new AgreementFault(null, "trial", $"{trial}", missing.Count == parts.Count
                ? $"rater {rater} has no trial {trial}; every rater needs the trials {string.Join(", ", trials)}"
                : $"rater {rater} did not rate {Some(missing)} in trial {trial}; every rater rates every part in every trial"));
        return faults;
    }

    /// <summary>Whether one more rater rates each part of a study once, with the same reference.</summary>
    public static bool IsOfTheSameParts(IReadOnlyList<AgreementRating> once, IReadOnlyList<AgreementRating> ratings) =>
        once.Select(row => row.Rater).Distinct().Count() == 1 && !ratings.Any(row => row.Rater == once[0].Rater)
            && once.Select(row => row.Part).Distinct().Count() == once.Count
            && once.Select(row => (row.Part, row.Reference)).ToHashSet().SetEquals(ratings.Select(row => (row.Part, row.Reference)));

    // "Anna" and "anna" would count as two raters.
    private static IEnumerable<AgreementFault> Spellings(IReadOnlyList<AgreementRating> ratings, string column, Func<AgreementRating, string> name) =>
        from same in ratings.GroupBy(name, StringComparer.OrdinalIgnoreCase)
        from other in same.GroupBy(name).Skip(1)
        select new AgreementFault(other.First().Line, column, other.Key, $"differs only in case from {name(same.First())} on line {same.First().Line}; write it in one way");

    private static string Some(List<string> parts) =>
        parts.Count == 1 ? $"part {parts[0]}" : $"{parts.Count} parts ({string.Join(", ", parts.Take(5))}{(parts.Count > 5 ? ", …" : "")})";

    private static string Text(Rating rating) => rating.ToString().ToLowerInvariant();
}
