using MathNet.Numerics.Distributions;

namespace Chitti.Inference.Tests;

public sealed class TrainingCalibrationTests
{
    private static readonly PictureMeasures _plain = new()
    {
        GreyLevels = [0.4, 0, 0, 0, 0, 0, 0, 0.6],
        EdgeDensity = 0.1,
        DiagonalEdges = 0.2,
        FlatDark = 0.1,
        FlatBright = 0.2,
    };

    [Fact]
    public void Compute_TooFewPictures_IsRefusedWithTheNumberNeeded()
    {
        var refusal = TrainingCalibration.Compute(Pictures(29, 2), 2).Refusal;

        Assert.StartsWith("29 pictures can be used, and at least 30 are needed", refusal, StringComparison.Ordinal);
        Assert.NotNull(TrainingCalibration.Compute(Pictures(30, 2), 2).Statistics);
    }

    [Fact]
    public void Compute_FewerVectorsThanChannels_IsRefused() =>
        Assert.Contains("40 vectors, and more than 40", TrainingCalibration.Compute(Pictures(40, 40), 40).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Compute_PictureWithoutAPlace_IsRefusedByName()
    {
        var pictures = Pictures(40, 2);
        pictures[7] = new("strip.png", [new([], _plain)]);

        Assert.Contains("strip.png is too narrow", TrainingCalibration.Compute(pictures, 2).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_EqualPictures_IsRefusedInsteadOfHoldingEverything()
    {
        var pictures = Enumerable.Range(0, 40).Select(index => new TrainingPicture($"{index}", [new([[1f, 2f]], _plain)])).ToList();

        Assert.Contains("do not vary", TrainingCalibration.Compute(pictures, 2).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    public void Compute_NormalVectors_HoldsAboutOneInAHundredOfNewOnes(int count)
    {
        // Forty channels from as few as sixty pictures: the distances of the pictures themselves are far too small.
        const int Channels = 40;
        var features = TrainingCalibration.Compute(Pictures(count, Channels), Channels).Statistics!.Features!;

        var held = Pictures(5_000, Channels, seed: 2).Count(picture => features.Distance(picture.Parts[0].Features[0]) > features.Limit);

        Assert.InRange(held / 5_000.0, 0.0002, 0.03);
    }

    [Fact]
    public void Compute_Outlier_IsNamedAsOutside()
    {
        var pictures = Pictures(200, 2);
        pictures[50] = new("odd.png", [new([[40f, -40f]], _plain)]);

        var (name, fault) = Assert.Single(TrainingCalibration.Compute(pictures, 2).Outside, one => one.Name == "odd.png");

        Assert.Equal("odd.png", name);
        Assert.Contains("limit", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void ShrunkCovariance_KnownVectors_IsThatOfThePaper()
    {
        // Computed in NumPy, with the formulas of the paper (and of sklearn.covariance.LedoitWolf) written out.
        float[][] vectors = [[1, 2, 0], [2, 4, 1], [3, 6, 1], [4, 8, 3], [5, 10, 2], [6, 12, 5], [7, 14, 4], [8, 16, 6]];

        var (mean, covariance) = ShrunkCovariance.Of(vectors);

        Assert.Equal([4.5, 9, 2.75], mean, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([5.96655961, 8.93659722, 3.61719411, 8.93659722, 19.3714554, 7.23438823, 3.61719411, 7.23438823, 4.84948495], covariance.ToRowMajorArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Distance_KnownCovariance_IsMahalanobis()
    {
        var known = FeatureStatistics.Create([1, 2], MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(new double[,] { { 4, 2 }, { 2, 3 } }), 1);

        // (2, 1) inverse(4 2; 2 3) (2, 1)' = (3*4 - 2*2*2 + 4*1) / 8.
        Assert.Equal(1, known.Distance([3, 3]), 9);
    }

    private static List<TrainingPicture> Pictures(int count, int channels, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(index => new TrainingPicture(
                $"{index:0000}.png",
                [new([[.. Enumerable.Range(0, channels).Select(channel => (float)Normal.Sample(random, channel, 1 + channel))]], _plain)])),
        ];
    }
}
