using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

/// <summary>The same truth in each format: a picture of 200 x 100 with two defects, and one of a good part.</summary>
public sealed class TruthFormatTests : IDisposable
{
    private const string Coco = """
        {
          "images": [
            {"id": 7, "file_name": "bad.png", "width": 200, "height": 100},
            {"id": 9, "file_name": "good.png", "width": 200, "height": 100}],
          "categories": [{"id": 3, "name": "short"}, {"id": 1, "name": "open"}],
          "annotations": [
            {"id": 1, "image_id": 7, "category_id": 1, "bbox": [20, 10, 40, 30]},
            {"id": 2, "image_id": 7, "category_id": 3, "bbox": [150, 60, 50, 40], "iscrowd": 0}]
        }
        """;

    private const string Voc = """
        <annotation><filename>bad.png</filename><size><width>200</width><height>100</height></size>
        <object><name>open</name><bndbox><xmin>21</xmin><ymin>11</ymin><xmax>60</xmax><ymax>40</ymax></bndbox></object>
        <object><name>short</name><difficult>0</difficult><part><bndbox/></part><bndbox><ymax>100</ymax><ymin>61</ymin><xmax>200</xmax><xmin>151</xmin></bndbox></object>
        </annotation>
        """;

    private readonly TempFolder _folder = new();

    public TruthFormatTests()
    {
        _folder.Picture("bad.png");
        _folder.Picture("good.png");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Coco_GivesTheTruth()
    {
        var file = _folder.Write("truth.json", Coco);

        AssertTruth(TruthFormat.Coco, TruthReader.Read(file));
        AssertTruth(TruthFormat.Coco, TruthReader.Read(_folder.Path));
    }

    [Fact]
    public void Read_Yolo_GivesTheTruth()
    {
        _folder.Write("classes.txt", "short\nopen\n");
        _folder.Write("bad.txt", "1 0.2 0.25 0.2 0.3\n0 0.875 0.8 0.25 0.4\n\n");
        _folder.Write("good.txt", "");

        AssertTruth(TruthFormat.Yolo, TruthReader.Read(_folder.Path));
    }

    [Theory]
    [InlineData("names: [short, open]")]
    [InlineData("names:\n  0: short\n  1: open")]
    [InlineData("path: .\nnames:\n- short\n- open\n")]
    public void Read_YoloInFoldersOfLabelsAndImages_GivesTheTruth(string yaml)
    {
        Directory.CreateDirectory(_folder["set", "images", "val"]);
        File.Move(_folder["bad.png"], _folder["set", "images", "val", "bad.png"]);
        File.Move(_folder["good.png"], _folder["set", "images", "val", "good.png"]);
        _folder.Write("set/labels/val/bad.txt", "1 0.1 0.1 0.3 0.1 0.3 0.4 0.2 0.3\n0 0.875 0.8 0.25 0.4");
        _folder.Write("set/labels/val/good.txt", "");
        _folder.Write("set/data.yaml", yaml);

        AssertTruth(TruthFormat.Yolo, TruthReader.Read(_folder["set"]));
        AssertTruth(TruthFormat.Yolo, TruthReader.Read(_folder["set", "labels", "val"]));
    }

    [Fact]
    public void Read_Voc_GivesTheTruth()
    {
        _folder.Write("bad.xml", Voc);
        _folder.Write("good.xml", "<annotation><filename>good.png</filename></annotation>");

        AssertTruth(TruthFormat.Voc, TruthReader.Read(_folder.Path));
    }

    [Fact]
    public void Read_VocWithCornersFromZero_TakesThemAsTheyAre()
    {
        _folder.Write("bad.xml", Voc);
        _folder.Write("good.xml", "<annotation><object><name>open</name><bndbox><xmin>0</xmin><ymin>0</ymin><xmax>10</xmax><ymax>20</ymax></bndbox></object></annotation>");

        var truth = TruthReader.Read(_folder.Path);

        Assert.Equal(new Box(21, 11, 39, 29), truth.Pictures[0].Boxes[0].Box);
        Assert.Equal(new Box(0, 0, 10, 20), truth.Pictures[1].Boxes[0].Box);
        Assert.Contains(truth.Notes, note => note.StartsWith("Corners count from 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_DeepPcb_GivesTheTruth()
    {
        _folder.Write("bad.txt", "20 10 60 40 1\r\n150,60,200,100,2\r\n");
        _folder.Write("good.txt", "");

        AssertTruth(TruthFormat.DeepPcb, TruthReader.Read(_folder.Path));
    }

    [Fact]
    public void Read_DeepPcbListAndFolders_GivesTheTruth()
    {
        foreach (var name in new[] { "bad", "good" })
        {
            Directory.CreateDirectory(_folder["group", "00041"]);
            File.Move(_folder[$"{name}.png"], _folder["group", "00041", $"{name}_test.png"]);
            _folder.Picture($"group/00041/{name}_temp.png");
        }

        _folder.Write("group/00041_not/bad.txt", "20 10 60 40 1\n150 60 200 100 2");
        _folder.Write("group/00041_not/good.txt", "");
        var list = _folder.Write("test.txt", "group/00041/bad.png group/00041_not/bad.txt\ngroup/00041/good.png group/00041_not/good.txt\n");

        AssertTruth(TruthFormat.DeepPcb, TruthReader.Read(list));
        var truth = TruthReader.Read(_folder.Path);
        AssertTruth(TruthFormat.DeepPcb, truth);
        Assert.Contains(truth.Notes, note => note.StartsWith("2 defect-free templates", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_PicturesElsewhere_AreFoundByTheGivenFolder()
    {
        using var other = new TempFolder();
        other.Write("labels/bad.txt", "20 10 60 40 1\n150 60 200 100 2");
        other.Write("labels/good.txt", "");

        AssertTruth(TruthFormat.DeepPcb, TruthReader.Read(other["labels"], _folder.Path));
    }

    [Fact]
    public void Read_LinkToALabelFile_IsFollowed()
    {
        File.CreateSymbolicLink(_folder["bad.txt"], _folder.Write("elsewhere/x.dat", "20 10 60 40 1\n150 60 200 100 2"));
        _folder.Write("good.txt", "");
        Directory.CreateSymbolicLink(_folder["circle"], _folder.Path);

        AssertTruth(TruthFormat.DeepPcb, TruthReader.Read(_folder.Path));
    }

    [Fact]
    public void Read_CrowdAndDifficult_AreMarked()
    {
        var coco = TruthReader.Read(_folder.Write("truth.json", Coco.Replace("\"iscrowd\": 0", "\"iscrowd\": 1", StringComparison.Ordinal)));
        File.Delete(_folder["truth.json"]);
        var voc = TruthReader.Read(_folder.Write("bad.xml", Voc.Replace("<difficult>0", "<difficult>1", StringComparison.Ordinal)));

        Assert.Equal([TruthRole.Counted, TruthRole.Crowd], coco.Pictures[0].Boxes.Select(box => box.Role));
        Assert.Equal([TruthRole.Counted, TruthRole.Difficult], voc.Pictures[0].Boxes.Select(box => box.Role));
    }

    [Fact]
    public void Read_SameBoxTwice_CountsOnce()
    {
        _folder.Write("bad.txt", "20 10 60 40 1\n150 60 200 100 2\n20 10 60 40 1");
        _folder.Write("good.txt", "");

        var truth = TruthReader.Read(_folder.Path);

        AssertTruth(TruthFormat.DeepPcb, truth);
        Assert.Contains(truth.Notes, note => note.StartsWith("1 boxes that repeat", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_DamagedPicture_IsKeptToBeReported()
    {
        File.WriteAllText(_folder["good.png"], "no picture");
        _folder.Write("bad.txt", "20 10 60 40 1");
        _folder.Write("good.txt", "");

        Assert.NotNull(TruthReader.Read(_folder.Path).Pictures[1].Fault);
    }

    private static void AssertTruth(TruthFormat format, GroundTruth truth)
    {
        Assert.Equal(format, truth.Format);
        Assert.Equal(["bad", "good"], truth.Pictures.Select(picture => Path.GetFileNameWithoutExtension(picture.File).Split('_')[0]));
        Assert.All(truth.Pictures, picture => Assert.Equal((200, 100, null), (picture.Width, picture.Height, picture.Fault)));
        Assert.Equal(
            [new("open", new(20, 10, 40, 30)), new("short", new(150, 60, 50, 40))],
            truth.Pictures[0].Boxes.Select(box => box with { Box = box.Box.Rounded() }));
        Assert.Empty(truth.Pictures[1].Boxes);
    }
}
