namespace Chitti.Evaluation.Tests;

public sealed class RatingsFileTests : IDisposable
{
    private const string Header = "part,rater,trial,rating,reference\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OneInspector_IsEnough() => Assert.Equal(2, Read("P1,Anna,1,pass,pass\nP2,Anna,1,fail,fail\n").Ratings.Count);

    [Theory]
    [InlineData("P1,Anna,1,ok,pass\n", ", line 2, rating 'ok': is not one of pass, fail, review")]
    [InlineData("P1,Anna,1,pass,maybe\n", ", line 2, reference 'maybe': is not one of pass, fail")]
    [InlineData("P1,Anna,one,pass,pass\n", ", line 2, trial 'one': is not a whole number of 1 or above")]
    [InlineData("P1,Anna,1,pass\n", ", line 2: has 4 fields; the header has 5")]
    [InlineData("P1,Anna,1,pass,pass\nP1,Anna,1,fail,pass\n", ", line 3, trial '1': rater Anna already rated part P1 in trial 1, on line 2")]
    [InlineData("P1,Anna,1,pass,pass\nP2,Bo,1,pass,pass\n", ", trial '1': rater Anna did not rate part P2 in trial 1; every rater rates every part in every trial")]
    [InlineData("P1,Anna,1,pass,pass\nP1,Model,1,pass,pass\n", ", line 3, rater 'Model': is the name of the model's verdicts, which are made in this run; remove its lines, or give the rater another name")]
    [InlineData("", ", rater: there are no ratings; at least one rater is needed")]
    public void Read_Fault_IsOneMessageThatSaysWhatIsAllowed(string rows, string message) =>
        Assert.Contains(Messages(() => Read(rows)), line => line == $"'{_folder["ratings.csv"]}'{message}");

    [Fact]
    public void Read_ManyFaults_NamesTwentyAndCountsTheRest()
    {
        var messages = Messages(() => Read(string.Concat(Enumerable.Repeat("P1,Anna,1,ok,pass\n", 60))));

        Assert.Equal((21, "and 40 more faults"), (messages.Length, messages[^1]));
    }

    [Fact]
    public void Read_FileThatIsNotThere_SaysSo() =>
        Assert.StartsWith($"'{_folder["no.csv"]}': can't be read: ", Assert.Single(Messages(() => RatingsFile.Read(_folder["no.csv"]))), StringComparison.Ordinal);

    private static string[] Messages(Func<RatingsFile> read) => Assert.Throws<TruthException>(() => (object)read()).Message.Split(Environment.NewLine);

    private RatingsFile Read(string rows) => RatingsFile.Read(_folder.Write("ratings.csv", Header + rows));
}
