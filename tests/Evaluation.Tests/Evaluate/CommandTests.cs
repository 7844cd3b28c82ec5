using Chitti.Standalone;

namespace Chitti.Evaluation.Tests;

/// <summary>The options of the verb <c>evaluate</c>.</summary>
public class CommandTests
{
    [Theory]
    [InlineData("Option '--truth' is required.")]
    [InlineData("--map is copper; CLASS=NAME is needed, such as copper=spurious_copper.", "--truth", "x", "--map", "copper")]
    [InlineData("--map gives class a 2 names; one is allowed.", "--truth", "x", "--map", "a=b", "--map", "a=c")]
    [InlineData("--max-escapes is 5; it must be a number from 0 to 1.", "--truth", "x", "--max-escapes", "5")]
    [InlineData("--match-iou is 0; it must be above 0.", "--truth", "x", "--match-iou", "0")]
    [InlineData("--deeppcb-confidence is 50; it must be a number from 0 to 1.", "--truth", "x", "--deeppcb-confidence", "50")]
    public void Parse_WrongOption_SaysWhatIsAllowed(string error, params string[] options) =>
        Assert.Contains(error, EvaluateCommand.Create().Parse(options).Errors.Select(one => one.Message));

    [Fact]
    public void Parse_AllOptions_AreAccepted() => Assert.Empty(EvaluateCommand.Create().Parse(
        ["--truth", "x", "--images", "y", "--map", "a=b", "--map", "c=d=e", "--ignore", "f", "--ignore", "g", "--profile", "p", "--model", "m", "--match-iou", "0.33", "--deeppcb-confidence", "0.53", "--ratings", "r.csv", "--max-escapes", "0", "--out", "o"]).Errors);
}
