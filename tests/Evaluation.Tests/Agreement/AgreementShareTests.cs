namespace Chitti.Evaluation.Tests;

public class AgreementShareTests
{
    [Theory]
    [InlineData(90, AgreementJudgement.Acceptable)]
    [InlineData(89, AgreementJudgement.Marginal)]
    [InlineData(80, AgreementJudgement.Marginal)]
    [InlineData(79, AgreementJudgement.Unacceptable)]
    public void Effectiveness_AtTheLimits_IsJudged(int percent, AgreementJudgement judgement) =>
        Assert.Equal(judgement, AgreementShare.From(percent, 100, AgreementLimits.Effectiveness).Judgement);

    [Theory]
    [InlineData(2, AgreementJudgement.Acceptable, AgreementJudgement.Acceptable)]
    [InlineData(3, AgreementJudgement.Marginal, AgreementJudgement.Acceptable)]
    [InlineData(5, AgreementJudgement.Marginal, AgreementJudgement.Acceptable)]
    [InlineData(6, AgreementJudgement.Unacceptable, AgreementJudgement.Marginal)]
    [InlineData(10, AgreementJudgement.Unacceptable, AgreementJudgement.Marginal)]
    [InlineData(11, AgreementJudgement.Unacceptable, AgreementJudgement.Unacceptable)]
    public void Rates_AtTheLimits_AreJudged(int percent, AgreementJudgement miss, AgreementJudgement falseAlarm)
    {
        Assert.Equal(miss, AgreementShare.From(percent, 100, AgreementLimits.MissRate).Judgement);
        Assert.Equal(falseAlarm, AgreementShare.From(percent, 100, AgreementLimits.FalseAlarmRate).Judgement);
    }

    [Theory]
    [InlineData(0.751, AgreementJudgement.Acceptable)]
    [InlineData(0.75, AgreementJudgement.Marginal)]
    [InlineData(0.40, AgreementJudgement.Marginal)]
    [InlineData(0.399, AgreementJudgement.Unacceptable)]
    public void Kappa_AtTheLimits_IsJudged(double kappa, AgreementJudgement judgement) =>
        Assert.Equal(judgement, AgreementLimits.Kappa.Judge(kappa));
}
