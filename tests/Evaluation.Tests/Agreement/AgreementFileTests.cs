using System.Text;

namespace Chitti.Evaluation.Tests;

public class AgreementFileTests
{
    private const string Header = "part,rater,trial,rating,reference\n";
    private const string Sound = Header + "P1,Anna,1,pass,pass\nP1,model,1,fail,pass\nP2,Anna,1,fail,fail\nP2,model,1,review,fail\n";

    [Theory]
    [InlineData(Sound)]
    [InlineData("\uFEFFReference; Rating ;trial;rater;part;note\r\npass;PASS;1;Anna;P1;x\r\npass; Fail ;1;model;\"P1\";\r\n\r\nfail;fail;1;Anna;P2;\r\nfail;Review;1;model;P2;\r\n")]
    public void Read_SoundFile_GivesTheRatings(string text)
    {
        var reading = Read(text);

        Assert.Empty(reading.Faults);
        Assert.Equal(
            [("P1", "Anna", 1, Rating.Pass, Rating.Pass), ("P1", "model", 1, Rating.Fail, Rating.Pass), ("P2", "Anna", 1, Rating.Fail, Rating.Fail), ("P2", "model", 1, Rating.Review, Rating.Fail)],
            reading.Ratings.Select(row => (row.Part, row.Rater, row.Trial, row.Rating, row.Reference)));
        Assert.Equal(2, reading.Ratings[0].Line);
    }

    [Theory]
    [InlineData("P3,Anna,1,ok,pass", 6L, "rating", "ok", "is not one of pass, fail, review")]
    [InlineData("P3,Anna,1,pass,review", 6L, "reference", "review", "is not one of pass, fail")]
    [InlineData("P3,Anna,1,1,pass", 6L, "rating", "1", "is not one of pass, fail, review")]
    [InlineData("P3,Anna,0,pass,pass", 6L, "trial", "0", "is not a whole number of 1 or above")]
    [InlineData("P3,Anna,1.5,pass,pass", 6L, "trial", "1.5", "is not a whole number of 1 or above")]
    [InlineData(" ,Anna,1,pass,pass", 6L, "part", "", "is empty; give the name of the part")]
    [InlineData("P3,,1,pass,pass", 6L, "rater", "", "is empty; give the name of the rater")]
    [InlineData("P3,Anna,1,pass", 6L, null, null, "has 4 fields; the header has 5")]
    [InlineData("P3,An\"na,1,pass,pass", 6L, null, null, "is not CSV: ")]
    [InlineData("P2,Anna,1,pass,fail", 6L, "trial", "1", "rater Anna already rated part P2 in trial 1, on line 4")]
    [InlineData("P1,Anna,2,pass,fail\nP1,model,2,pass,pass\nP2,Anna,2,pass,fail\nP2,model,2,pass,fail", 6L, "reference", "fail", "differs from line 2, where part P1 has pass")]
    [InlineData("P1,anna,1,pass,pass\nP2,anna,1,pass,fail", 6L, "rater", "anna", "differs only in case from Anna on line 2")]
    [InlineData("P3,Anna,1,pass,pass", null, "trial", "1", "rater model did not rate part P3 in trial 1")]
    [InlineData("P1,Anna,2,pass,pass\nP2,Anna,2,pass,fail", null, "trial", "2", "rater model has no trial 2; every rater needs the trials 1, 2")]
    public void Read_FaultyRow_NamesLineColumnValueAndWhatIsAllowed(string rows, long? line, string? column, string? value, string message)
    {
        var reading = Read(Sound + rows + "\n");

        Assert.Empty(reading.Ratings);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((line, column, value), (fault.Line, fault.Column, fault.Value));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "part,rater,trial,rating,reference")]
    [InlineData("part,rater,trial,rating\nP1,Anna,1,pass\n", "reference")]
    [InlineData("part,rater,trial,rating,reference,Part\nP1,Anna,1,pass,pass,P1\n", "part")]
    public void Read_FaultyHeader_NamesTheColumns(string text, string columns)
    {
        var faults = Read(text).Faults;

        Assert.Equal(columns.Split(','), faults.Select(fault => fault.Column));
        Assert.All(faults, fault => Assert.Contains("the columns are part, rater, trial, rating, reference", fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "there are no ratings; at least 2 raters are needed")]
    [InlineData("P1,Anna,1,pass,pass\n", "there is one rater, Anna; at least 2 are needed")]
    public void Read_FewerThanTwoRaters_IsAFault(string rows, string message) =>
        Assert.StartsWith(message, Assert.Single(Read(Header + rows).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ManyFaults_ReportsTheFirst()
    {
        var faults = Read(Header + string.Concat(Enumerable.Repeat("P1,Anna,x,pass,pass\n", 500))).Faults;

        Assert.Equal(AgreementAnalysis.MaxFaults, faults.Count);
        Assert.Equal(2, faults[0].Line);
    }

    private static AgreementReading Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return AgreementAnalysis.Read(stream);
    }
}
