using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chitti.Evaluation.Tests;

public class TruthFuzzTests
{
    private static readonly string[][] _sets =
    [
        ["t.json", """{"images": [{"id": 1, "file_name": "a.png", "width": 200, "height": 100}], "categories": [{"id": 1, "name": "open"}], "annotations": [{"id": 4, "image_id": 1, "category_id": 1, "bbox": [10, 10.5, 20, 30], "iscrowd": 0}]}"""],
        ["a.xml", "<annotation><filename>a.png</filename><size><width>200</width><height>100</height></size><object><name>open</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object></annotation>"],
        ["a.txt", "20 10 60 40 1\n150 60 200 100 2\n"],
        ["a.txt", "0 0.2 0.25 0.2 0.3\n1 0.1 0.1 0.3 0.1 0.3 0.4 0.2 0.3\n", "data.yaml", "nc: 2\nnames:\n  0: open\n  1: 'short'\n"],
    ];

    /// <summary>Whatever was done to the files: they are read, with boxes within their pictures, or refused with a reason.</summary>
    [Property(MaxTest = 300)]
    public Property Read_DamagedFiles_AreReadOrRefused() => Prop.ForAll(
        Gen.Choose(0, _sets.Length - 1).Zip(Gen.Choose(0, 1000)).Zip(Gen.Choose(0, 4)).Zip(Gen.Elements("0", "-9", "\"", "{", "[", "<", ">", "&", ":", " ", "\n", "\t- ", "\0", "é", "1e999", "99999999999", "null", "nan")).ToArbitrary(),
        choice =>
        {
            var (((set, place), kind), text) = choice;
            using var folder = new TempFolder();
            folder.Picture("a.png");
            var files = _sets[set];
            for (var file = 0; file < files.Length; file += 2)
            {
                folder.Write(files[file], place % (files.Length / 2) == file / 2 ? Damage(files[file + 1], place % (files[file + 1].Length + 1), kind, text) : files[file + 1]);
            }

            try
            {
                Assert.All(TruthReader.Read(folder.Path).Pictures.SelectMany(picture => picture.Boxes), box =>
                {
                    Assert.InRange(box.Box.X + box.Box.Width, 0, 202);
                    Assert.InRange(box.Box.Y + box.Box.Height, 0, 102);
                    Assert.True(box.Box is { Width: > 0, Height: > 0, X: > -2, Y: > -2 });
                });
            }
            catch (TruthException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        });

    private static string Damage(string content, int place, int kind, string text) => kind switch
    {
        0 => content[..place],
        1 => content.Insert(place, text),
        2 => content.Remove(place, Math.Min(3, content.Length - place)),
        3 => content.Remove(place, Math.Min(text.Length, content.Length - place)).Insert(place, text),
        _ => content[..place] + content,
    };
}
