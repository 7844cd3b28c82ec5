namespace Chitti.Evaluation.Tests;

public class ClassChoiceTests
{
    private static readonly string[] _model = ["open", "pin_hole"];

    private static readonly GroundTruth _truth = new()
    {
        Format = TruthFormat.Coco,
        Notes = [],
        Pictures = [new() { File = "a", Width = 100, Height = 100, Boxes = [Given.Truth(1), Given.Truth(20, "Pin-Hole"), Given.Truth(40, "dirt")] }],
    };

    [Fact]
    public void Apply_ClassThatTheModelDoesNotFind_IsRefusedWithAWayOut()
    {
        var refused = Assert.Throws<TruthException>(() => ClassChoice.Apply(_truth, Map(), [], _model));

        Assert.Equal(
            [
                "class 'Pin-Hole' of the truth: is not among those that the model finds: open, pin_hole; give its name with --map 'Pin-Hole=pin_hole', or leave its boxes out with --ignore 'Pin-Hole'",
                "class 'dirt' of the truth: is not among those that the model finds; give its name with --map 'dirt=NAME', or leave its boxes out with --ignore 'dirt'",
            ],
            refused.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Apply_MappedAndIgnored_AreRenamedAndLeftOutAndNoted()
    {
        var truth = ClassChoice.Apply(_truth, Map(("Pin-Hole", "pin_hole")), ["dirt"], _model);

        Assert.Equal(["open", "pin_hole"], truth.Pictures[0].Boxes.Select(box => box.Class));
        Assert.Equal(2, truth.Notes.Count);
        Assert.StartsWith("1 boxes of class 'dirt' were left out", truth.Notes[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pin-Hole", "hole", "class 'Pin-Hole': is to be 'hole', which the model does not find; it finds open, pin_hole")]
    [InlineData("pinhole", "pin_hole", "class 'pinhole': is not in the truth, which has Pin-Hole, dirt, open")]
    public void Apply_NameThatDoesNotExist_IsRefused(string from, string to, string fault) =>
        Assert.Contains(fault, Assert.Throws<TruthException>(() => ClassChoice.Apply(_truth, Map((from, to)), ["dirt"], _model)).Message, StringComparison.Ordinal);

    private static Dictionary<string, string> Map(params (string From, string To)[] pairs) => pairs.ToDictionary(pair => pair.From, pair => pair.To);
}
