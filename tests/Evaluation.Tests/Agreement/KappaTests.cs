using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Evaluation.Tests;

/// <summary>Against published examples.</summary>
public class KappaTests
{
    // Fleiss (1971): 30 patients, 6 psychiatrists, 5 diagnoses.
    private const string Patients =
        "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 " +
        "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006";

    // https://en.wikipedia.org/wiki/Fleiss%27_kappa: 10 subjects, 14 raters (e is 14), 5 categories.
    private const string Subjects = "0000e 02642 00356 03920 22811 77000 32630 25322 65210 02237";

    [Fact]
    public void Fleiss_PatientsOfFleiss1971_GivesThePublishedKappaAndZ()
    {
        var kappa = Kappa.Fleiss(Table(Patients));

        Assert.Equal(0.430, kappa.Value!.Value, 0.0005);
        // R's irr::kappam.fleiss(diagnoses): z = 17.7
        Assert.Equal(17.7, kappa.Value.Value / kappa.StandardError!.Value, 0.05);
        Assert.Equal(AgreementJudgement.Marginal, kappa.Judgement);
    }

    [Fact]
    public void Fleiss_TenSubjects_GivesThePublishedKappa() => Assert.Equal(0.210, Kappa.Fleiss(Table(Subjects)).Value!.Value, 0.0005);

    [Fact]
    public void Cohen_FiftyProposals_GivesThePublishedKappa()
    {
        // https://en.wikipedia.org/wiki/Cohen%27s_kappa, simple example
        Assert.Equal(0.4, Kappa.Cohen(Matrix<double>.Build.DenseOfArray(new double[,] { { 20, 5 }, { 10, 15 } })).Value!.Value, 1e-12);
    }

    [Fact]
    public void Cohen_MovieReviews_GivesThePublishedKappaAndError()
    {
        // Agresti and Winner (1997), Siskel and Ebert; Agresti, Categorical Data Analysis: 0.389, standard error 0.060
        var kappa = Kappa.Cohen(Matrix<double>.Build.DenseOfArray(new double[,] { { 24, 8, 13 }, { 8, 13, 11 }, { 10, 9, 64 } }));

        Assert.Equal(0.389, kappa.Value!.Value, 0.0005);
        Assert.Equal(0.060, kappa.StandardError!.Value, 0.0005);
        Assert.Equal(AgreementJudgement.Unacceptable, kappa.Judgement);
    }

    [Fact]
    public void Cohen_Questionnaire_GivesThePublishedKappaAndError()
    {
        // R's vcd::Kappa(SexualFun), unweighted: 0.1293, standard error 0.0686
        var kappa = Kappa.Cohen(Matrix<double>.Build.DenseOfArray(new double[,]
        {
            { 7, 7, 2, 3 }, { 2, 8, 3, 7 }, { 1, 5, 4, 9 }, { 2, 8, 9, 14 },
        }));

        Assert.Equal(0.1293, kappa.Value!.Value, 0.00005);
        Assert.Equal(0.0686, kappa.StandardError!.Value, 0.00005);
    }

    [Fact]
    public void Cohen_FullAgreement_Is1WithoutError()
    {
        var kappa = Kappa.Cohen(Matrix<double>.Build.DenseOfDiagonalArray([12, 8]));

        Assert.Equal(1, kappa.Value!.Value, 1e-12);
        Assert.Equal(0, kappa.StandardError!.Value, 1e-6);
        Assert.Equal(AgreementJudgement.Acceptable, kappa.Judgement);
    }

    [Fact]
    public void Cohen_OneRaterAlwaysSaysTheSame_Is0()
    {
        Assert.Equal(0, Kappa.Cohen(Matrix<double>.Build.DenseOfArray(new double[,] { { 9, 3 }, { 0, 0 } })).Value!.Value, 1e-12);
    }

    [Fact]
    public void Kappa_EveryRatingTheSame_IsUndefinedWithAReason()
    {
        AgreementKappa[] kappas =
        [
            Kappa.Cohen(Matrix<double>.Build.DenseOfArray(new double[,] { { 20, 0 }, { 0, 0 } })),
            Kappa.Fleiss(Matrix<double>.Build.DenseOfArray(new double[,] { { 4, 0 }, { 4, 0 } })),
        ];

        Assert.All(kappas, kappa =>
        {
            Assert.Equal((null, null, null), (kappa.Value, kappa.StandardError, kappa.Judgement));
            Assert.Contains("every rating is the same", kappa.Reason, StringComparison.Ordinal);
        });
    }

    private static Matrix<double> Table(string rows) =>
        Matrix<double>.Build.DenseOfRows(rows.Split(' ').Select(row => row.Select(digit => (double)Convert.ToInt32($"{digit}", 16))));
}
