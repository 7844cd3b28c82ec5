using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

public class PodStudyTests
{
    [Fact]
    public void Evaluate_DefectsOfAClass_GivesTheCurveOfTheirSizes()
    {
        var result = Studies.Evaluate();

        var open = result.Pod.Classes.Single(one => one.Class == "open").Pod.Pixels;
        var expected = PodAnalysis.Fit([.. result.Defects.Where(defect => defect.Class == "open").Select(defect => new PodTarget(defect.SizePx, defect.Hit))]).Pixels;
        Assert.Equal((150, expected.Fit!.A9095.Value), (open.Targets, open.Fit!.A9095.Value));
        Assert.Equal(Simulated.Targets(new Random(12), 150).Count(target => target.Hit), open.Hits);
        Assert.Equal(155, result.Pod.AllClasses.Pixels.Targets);
    }

    [Fact]
    public void Evaluate_ClassWithFewOrNoDefects_IsRefused() => Assert.Equal(
        [("open", null), ("short", PodRefusalReason.TooFewTargets), ("spur", PodRefusalReason.TooFewTargets)],
        Studies.Evaluate().Pod.Classes.Select(one => (one.Class, one.Pod.Pixels.Refusal?.Reason)));

    [Fact]
    public void Evaluate_CurveThatLevelsOff_IsRefused() =>
        Assert.Equal(PodRefusalReason.LevelsOff, Studies.Evaluate(opens: 1000, asymptote: 0.85).Pod.Classes[0].Pod.Pixels.Refusal!.Reason);

    [Theory]
    [InlineData(0.05, 48.0, 0.05, PodCalibrationSource.Profile)]
    [InlineData(0.05, null, 0.05, PodCalibrationSource.Profile)]
    [InlineData(null, 50.0, 0.02, PodCalibrationSource.Model)]
    public void Evaluate_Calibration_IsTheProfilesOrElseTheModels(double? ofProfile, double? ofModel, double expected, PodCalibrationSource source)
    {
        var pod = Studies.Evaluate(millimetresPerPixel: ofProfile, pixelsPerMillimetre: ofModel).Pod;

        var open = pod.Classes[0].Pod;
        Assert.Equal((expected, source), (pod.Calibration!.MillimetresPerPixel, pod.Calibration.Source));
        Assert.Equal(open.Pixels.Fit!.A9095.Value!.Value * expected, open.Millimetres!.Fit!.A9095.Value!.Value, 1e-6);
        Assert.Equal(source == PodCalibrationSource.Model, pod.Calibration.Statement.Contains("assumed", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_NoCalibration_HasNoMillimetres()
    {
        var pod = Studies.Evaluate().Pod;

        Assert.Null(pod.Calibration);
        Assert.Null(pod.Classes[0].Pod.Millimetres);
        Assert.NotNull(pod.Classes[0].Pod.NoMillimetres);
    }

    [Fact]
    public void Evaluate_PictureTwice_RemarksThatItIsNoTargetOfItsOwn()
    {
        var pictures = Studies.Pictures(80, 0);
        pictures.AddRange([.. pictures.Take(3).Select((picture, i) => picture with { Truth = picture.Truth with { File = $"copy-{i}" } })]);

        Assert.StartsWith("3 targets are on pictures with the same bytes", Assert.Single(Studies.Evaluate(pictures).Pod.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_PictureOfTheWrongScale_IsRemarked()
    {
        var pictures = Studies.Pictures(80, 0);
        pictures[0] = pictures[0] with
        {
            Observation = pictures[0].Observation! with { Gates = [new() { Name = GateName.Scale, Value = 3, Limit = 1.3, Passed = false, Reason = "too few pixels" }] },
        };

        var remark = Assert.Single(Studies.Evaluate(pictures).Pod.Remarks);
        Assert.StartsWith("1 targets are on pictures that are for review", remark, StringComparison.Ordinal);
        Assert.Contains("(scale)", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_BoxThatIsNearlyNothing_IsATarget()
    {
        var pictures = Studies.Pictures(80, 0);
        pictures.Add(Studies.Picture("speck", "open", 0.001f, false));

        Assert.Equal(0.01, Studies.Evaluate(pictures).Pod.Classes[0].Pod.Pixels.Smallest);
    }

    /// <summary>Sizes with many ties, and hits of every kind: each is fitted or refused.</summary>
    [Fact]
    public void Fit_AnyTargets_AreFittedOrRefused()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (sizes, slope, middle) = (random.Next(2, 40), (random.NextDouble() * 12) - 2, random.NextDouble() * 30);
            var outcome = PodAnalysis.Fit([.. Enumerable.Range(0, random.Next(60, 200)).Select(_ =>
            {
                var size = 1 + random.Next(sizes);
                return new PodTarget(size, random.NextDouble() < 1 / (1 + Math.Exp(-slope * Math.Log(size / middle))));
            })]).Pixels;

            Assert.True(outcome.Fit is null != outcome.Refusal is null, $"seed {seed}");
            Assert.All(outcome.Fit?.Curve ?? [], point => Assert.True(double.IsFinite(point.Lower + point.Upper + point.LowerWald + point.UpperWald), $"seed {seed}"));
        }
    }
}
