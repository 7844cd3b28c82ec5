namespace Chitti.Evaluation.Tests;

/// <summary>What would give wrong figures without a word is refused, with the place and what is allowed.</summary>
public sealed class TruthFaultTests : IDisposable
{
    private const string Images = """{"images": [{"id": 1, "file_name": "a.png", "width": 200, "height": 100}], "categories": [{"id": 1, "name": "open"}], "annotations": [""";

    private readonly TempFolder _folder = new();

    public TruthFaultTests() => _folder.Picture("a.png");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"image_id": 1, "category_id": 1, "bbox": [150, 10, 200, 60]}""", "annotations[0]: the box from (150, 10) to (350, 70) leaves the picture, which ends at (200, 100)")]
    [InlineData("""{"id": 5, "image_id": 2, "category_id": 1, "bbox": [1, 1, 2, 2]}""", "annotations[0] (id 5): image_id is not the id of a listed image")]
    [InlineData("""{"image_id": 1, "category_id": 2, "bbox": [1, 1, 2, 2]}""", "annotations[0]: category_id is not the id of a listed category")]
    [InlineData("""{"image_id": 1, "category_id": 1, "bbox": [60, 40, -40, 30]}""", "annotations[0]: bbox has width -40 and height 30; both must be above 0 (x, y, width, height)")]
    [InlineData("""{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3]}""", "annotations[0]: has no bbox; x, y, width and height in pixels are needed")]
    [InlineData("""{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, "4"]}""", "annotations[0]: has no bbox; x, y, width and height in pixels are needed")]
    [InlineData("""{"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2], "iscrowd": 2}""", "annotations[0]: iscrowd must be 0 or 1")]
    [InlineData("7", "annotations[0]: image_id is not the id of a listed image")]
    public void Read_CocoAnnotation_IsRefused(string annotation, string fault) =>
        AssertRefused($"{_folder.Write("t.json", $"{Images}{annotation}]}}")}, {fault}");

    [Theory]
    [InlineData("\"width\": 200", "\"width\": 400", "images[0]: states 400 x 100 pixels; '")]
    [InlineData("\"a.png\"", "\"b.png\"", "images[0]: picture 'b.png' is missing; it is needed in the folder of the file, in images below it, or one folder up; if the pictures are elsewhere, name their folder with --images")]
    [InlineData("\"name\": \"open\"", "\"supercategory\": \"open\"", "categories[0]: a whole number as id, given once, and a name are needed")]
    [InlineData("{\"id\": 1, \"name\"", "{\"id\": 2, \"name\": \"open\"}, {\"id\": 1, \"name\"", "categories: 'open' is the name of 2 ids; one id per name is allowed")]
    [InlineData("\"images\": [", "\"images\": [{\"id\": 1, \"file_name\": \"a.png\"}, ", "images[1]: id 1 is given twice; once is allowed")]
    [InlineData("\"images\": [", "\"images\": [{\"id\": 2, \"file_name\": \"a.png\"}, ", "states picture '")]
    public void Read_CocoFile_IsRefused(string part, string changed, string fault)
    {
        _folder.Write("t.json", $"{Images}]}}".Replace(part, changed, StringComparison.Ordinal));

        AssertRefused(fault);
    }

    [Theory]
    [InlineData("[{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 1, 2, 2], \"score\": 0.5}]", "is not COCO ground truth; an object with images, annotations and categories is needed")]
    [InlineData("{\n\"images\": [}", "line 2: is not JSON at byte 12 of the line")]
    public void Read_JsonThatIsNoTruth_IsRefused(string json, string fault)
    {
        var file = _folder.Write("t.json", json);

        AssertRefused(fault, file);
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.2 0.2 0.9", "line 1: has six numbers, as predictions with a confidence have")]
    [InlineData("0 100 50 20 10", "line 1: has 100; fractions of the picture from 0 to 1 are allowed")]
    [InlineData("0 0.9 0.5 0.4 0.2", "line 1: the box from (0.7, 0.4) to (1.1, 0.6) leaves the picture, which ends at (1, 1)")]
    [InlineData("0 0.5 0.5 0.1 0.1\n2 0.5 0.5 0.1 0.1", "line 2: class 2 is not in '")]
    [InlineData("-1 0.5 0.5 0.1 0.1", "line 1: class -1 is not in '")]
    [InlineData("0 0.5 0.5 0 0.1", "line 1: the box has no area; a width and height above 0 are needed")]
    [InlineData("0 0.5 0.5 nan 0.1", "line 1: has nan; fractions of the picture from 0 to 1 are allowed")]
    [InlineData("0 0.5 0.5 0.1", "line 1: has 4 words; class cx cy width height, or class x1 y1 x2 y2 x3 y3 … is allowed")]
    [InlineData("open 0.5 0.5 0.1 0.1", "line 1: class open is not in '")]
    public void Read_YoloLine_IsRefused(string labels, string fault)
    {
        _folder.Write("classes.txt", "open\nshort");
        AssertRefused($"{_folder.Write("a.txt", labels)}, {fault}");
    }

    [Theory]
    [InlineData("open\n\nshort", "classes.txt, line 2: is empty; one class per line is needed, because a class's number is its line")]
    [InlineData("open\nopen", "classes.txt: lists class 'open' more than once; once is allowed")]
    public void Read_YoloClasses_AreRefused(string classes, string fault)
    {
        _folder.Write("classes.txt", classes);
        _folder.Write("a.txt", "0 0.5 0.5 0.1 0.1");

        AssertRefused(fault);
    }

    [Fact]
    public void Read_YoloWithoutClasses_IsRefused()
    {
        _folder.Write("a.txt", "0 0.5 0.5 0.1 0.1");

        AssertRefused("has no list of classes (data.yaml, classes.txt, obj.names), which YOLO needs; and DeepPCB needs five whole numbers");
    }

    [Fact]
    public void Read_ListsOfClassesThatDiffer_AreRefused()
    {
        _folder.Write("classes.txt", "open\nshort");
        _folder.Write("data.yaml", "names: [short, open]");
        _folder.Write("a.txt", "0 0.5 0.5 0.1 0.1");

        AssertRefused("lists other classes than '");
    }

    [Theory]
    [InlineData("60 40 20 10 1", "line 1: the box from (60, 40) to (20, 10) has no area; x2 above x1 and y2 above y1 are needed")]
    [InlineData("1 1 5 5 0", "line 1: type is 0; 1 to 6 are allowed: open, short, mousebite, spur, spurious_copper, pin_hole")]
    [InlineData("1 1 5 5 1\n10 20 120 190 1", "line 2: the box from (10, 20) to (120, 190) leaves the picture, which ends at (200, 100)")]
    public void Read_DeepPcbLine_IsRefused(string lines, string fault) => AssertRefused($"{_folder.Write("a.txt", lines)}, {fault}");

    [Theory]
    [InlineData("<annotation><object><name>open</name></object></annotation>", "line 1: the object has no box; bndbox with the numbers xmin, ymin, xmax and ymax is needed")]
    [InlineData("<annotation>\n<object><bndbox/></object></annotation>", "line 2: the object has no name; the name of its class is needed")]
    [InlineData("<annotation><object><name>open</name><bndbox><xmin>9</xmin><ymin>9</ymin><xmax>5</xmax><ymax>20</ymax></bndbox></object></annotation>", "line 1: the box from (9, 9) to (5, 20) has no area")]
    [InlineData("<annotation><size><width>100</width><height>200</height></size></annotation>", "states 100 x 200 pixels; '")]
    [InlineData("<annotation>\n<object>", "line 2: is not XML of the Pascal VOC kind")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><annotation>&e;</annotation>", "line 1: is not XML of the Pascal VOC kind")]
    [InlineData("<annotation><filename>other.png</filename></annotation>", "states picture 'other.png', and by its own name belongs to '")]
    public void Read_VocFile_IsRefused(string xml, string fault)
    {
        _folder.Picture("other.png");
        AssertRefused(fault, _folder.Write("a.xml", xml));
    }

    [Fact]
    public void Read_PictureWithoutAnnotationFile_IsRefused()
    {
        _folder.Picture("forgotten.png");
        _folder.Write("a.txt", "1 1 5 5 1");

        AssertRefused("1 pictures have no annotation file (");
    }

    [Fact]
    public void Read_PictureWithoutAnnotationFileAmongTemplates_IsRefused()
    {
        _folder.Picture("a_temp.png");
        _folder.Picture("b_test.png");
        _folder.Write("a.txt", "1 1 5 5 1");

        AssertRefused("1 pictures have no annotation file (");
    }

    [Fact]
    public void Read_AnnotationsWithoutTheirPictures_AreRefused()
    {
        _folder.Write("a.txt", "1 1 5 5 1");
        _folder.Write("gone.txt", "");
        _folder.Write("lost.txt", "1 1 5 5 2");

        AssertRefused("gone.txt: its picture is missing");
        AssertRefused("lost.txt: its picture is missing");
    }

    [Fact]
    public void Read_TwoPicturesOfTheName_AreRefused()
    {
        _folder.Picture("a.bmp");
        _folder.Write("a.txt", "1 1 5 5 1");

        AssertRefused("a.txt: it may belong to ");
    }

    [Fact]
    public void Read_TwoFormats_AreRefused()
    {
        _folder.Write("a.txt", "1 1 5 5 1");
        _folder.Write("a.xml", "<annotation/>");

        AssertRefused("holds Pascal VOC XML (a.xml) and text files with boxes (a.txt); name the one to use");
    }

    [Fact]
    public void Read_TwoCocoFiles_AreRefused()
    {
        _folder.Write("train.json", $"{Images}]}}");
        _folder.Write("val.json", $"{Images}]}}");

        AssertRefused("holds COCO JSON (train.json and 1 more); name the one to use");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Read_TurnedPictureWithBoxes_IsRefused(int orientation)
    {
        _folder.Picture("a.png", orientation: orientation);
        _folder.Write("a.txt", "1 1 5 5 1");

        AssertRefused($"is turned by its EXIF orientation ({orientation}), and nothing says whether the boxes are meant before or after");
    }

    [Fact]
    public void Read_TurnedPictureOfStatedSize_IsAcceptedIfItIsTheUprightOne()
    {
        _folder.Picture("a.png", 100, 200, orientation: 6);
        Assert.Single(TruthReader.Read(_folder.Write("t.json", Images + """{"image_id": 1, "category_id": 1, "bbox": [150, 10, 40, 60]}]}""")).Pictures);

        _folder.Picture("a.png", 200, 100, orientation: 6);
        AssertRefused("which '" + _folder["a.png"] + "' has before its EXIF orientation; boxes of the upright picture (100 x 200) are needed");
    }

    [Fact]
    public void Read_NoTruth_IsRefused()
    {
        AssertRefused("holds no ground truth; COCO JSON, Pascal VOC XML, or text files with boxes (YOLO, DeepPCB) are allowed");
        AssertRefused("does not exist; a file or folder of ground truth is needed", _folder["nothing"]);
        AssertRefused("is neither COCO JSON, nor Pascal VOC XML, nor a DeepPCB list", _folder["a.png"]);
    }

    [Fact]
    public void Read_ManyFaults_AreListedAndCounted()
    {
        _folder.Write("a.txt", string.Join('\n', Enumerable.Repeat("1 1 5 5 9", 25)));

        AssertRefused("a.txt, line 20: type is 9");
        AssertRefused("and 5 more faults");
    }

    private void AssertRefused(string fault, string? path = null) =>
        Assert.Contains(fault, Fault(path), StringComparison.Ordinal);

    private string Fault(string? path) => Assert.Throws<TruthException>(() => TruthReader.Read(path ?? _folder.Path)).Message;
}
