using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Evaluation;

/// <summary>Cohen's and Fleiss' kappa from tables of counts.</summary>
internal static class Kappa
{
    private const string OneRating = "every rating is the same, so agreement by chance is certain and kappa is undefined";

    /// <summary>
    /// Cohen's kappa (1960), with the standard error for any kappa of Fleiss, Cohen and Everitt (1969).
    /// </summary>
    /// <param name="counts">[k, k]: how often the first rater said i and the second j.</param>
    public static AgreementKappa Cohen(Matrix<double> counts)
    {
        var total = counts.RowSums().Sum();
        if (total == 0)
        {
            return AgreementKappa.Undefined("there are no ratings");
        }

        var share = counts / total;
        var (rows, columns, same) = (share.RowSums(), share.ColumnSums(), share.Diagonal());
        var (observed, chance) = (same.Sum(), rows.DotProduct(columns));
        if (counts.Enumerate(Zeros.AllowSkip).Count(count => count > 0) == 1 && observed == 1)
        {
            return AgreementKappa.Undefined(OneRating);
        }

        var diagonal = same.PointwiseMultiply(((1 - chance) - (rows + columns) * (1 - observed)).PointwisePower(2)).Sum();
        var beside = 0.0;
        for (var i = 0; i < share.RowCount; i++)
        {
            for (var j = 0; j < share.ColumnCount; j++)
            {
                beside += i == j ? 0 : share[i, j] * Math.Pow(columns[i] + rows[j], 2);
            }
        }

        var variance = diagonal + Math.Pow(1 - observed, 2) * beside - Math.Pow(observed * chance - 2 * chance + observed, 2);
        return AgreementKappa.From((observed - chance) / (1 - chance), variance / (total * Math.Pow(1 - chance, 4)));
    }

    /// <summary>
    /// Fleiss' kappa (1971), with the standard error for no agreement beyond chance of Fleiss, Nee and Landis (1979).
    /// </summary>
    /// <param name="counts">[n, k]: how many of the ratings of part i are j. Every row has the same sum, 2 or more.</param>
    public static AgreementKappa Fleiss(Matrix<double> counts)
    {
        var (parts, each) = (counts.RowCount, counts.Row(0).Sum());
        var share = counts.ColumnSums() / (parts * each);
        if (share.Count(value => value > 0) == 1)
        {
            return AgreementKappa.Undefined(OneRating);
        }

        var observed = (counts.PointwisePower(2).RowSums() - each).Sum() / (parts * each * (each - 1));
        var chance = share.DotProduct(share);
        var spread = share.PointwiseMultiply(1 - share);
        var skew = spread.PointwiseMultiply(1 - 2 * share).Sum();
        var variance = 2 * (Math.Pow(spread.Sum(), 2) - skew) / (Math.Pow(spread.Sum(), 2) * parts * each * (each - 1));
        return AgreementKappa.From((observed - chance) / (1 - chance), variance);
    }
}
