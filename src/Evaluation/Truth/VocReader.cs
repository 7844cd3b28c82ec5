using System.Xml;
using System.Xml.Linq;

namespace Chitti.Evaluation;

/// <summary>
/// Reads Pascal VOC annotations: one XML file per picture, boxes by their corners. The corners are pixels counted from 1, both
/// within the box; if any of the files has a 0, they are taken to count from 0 to the edge behind the box, as many tools write.
/// </summary>
/// <remarks>Source: the VOC2012 development kit. A file without objects is a good part.</remarks>
internal static class VocReader
{
    private static readonly string[] _corners = ["xmin", "ymin", "xmax", "ymax"];

    private static readonly XmlReaderSettings _settings = new() { DtdProcessing = DtdProcessing.Ignore };

    public static GroundTruth Read(IReadOnlyList<string> files, TruthFolder folder)
    {
        var faults = new TruthFaults();
        var assembly = new TruthAssembly(faults);
        var pictures = files.Select(file => ReadPicture(file, folder, faults)).OfType<StatedPicture>().ToList();
        if (files.Count > 1)
        {
            TextPictures.CheckForgotten(pictures, folder, faults);
        }

        var fromZero = pictures.Exists(picture => picture.Boxes.Any(box => box.X < 1 || box.Y < 1));
        assembly.Note(fromZero
            ? "Corners count from 0, because there are zeros among them."
            : "Corners count from 1 and lie within the box, as in the original Pascal VOC; boxes of tools that count from 0 are off by up to a pixel.");
        return assembly.Assemble(TruthFormat.Voc, fromZero ? pictures : [.. pictures.Select(FromOne)]);
    }

    private static StatedPicture FromOne(StatedPicture picture) => picture with
    {
        Boxes = [.. picture.Boxes.Select(box => box with { X = box.X - 1, Y = box.Y - 1, Width = box.Width + 1, Height = box.Height + 1 })],
    };

    private static StatedPicture? ReadPicture(string file, TruthFolder folder, TruthFaults faults)
    {
        XElement root;
        try
        {
            using var xml = XmlReader.Create(file, _settings);
            root = XDocument.Load(xml, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException exception)
        {
            faults.Add($"{file}, line {exception.LineNumber}", "is not XML of the Pascal VOC kind: " + exception.Message);
            return null;
        }

        var boxes = root.Elements("object").Select(element => ReadBox(file, element, faults)).OfType<StatedBox>().ToList();
        var size = root.Element("size") is { } stated && Size(stated.Element("width")) is > 0 and var width && Size(stated.Element("height")) is > 0 and var height
            ? (width, height)
            : ((int, int)?)null;
        return FindPicture(file, root, folder, faults) is { } picture ? new(picture, file, boxes) { Size = size } : null;
    }

    /// <summary>By the name that the file states and by its own; tools that rename files leave the old name inside.</summary>
    private static string? FindPicture(string file, XElement root, TruthFolder folder, TruthFaults faults)
    {
        var named = root.Element("filename")?.Value.Trim() is { Length: > 0 } name ? Path.GetFileName(name.Replace('\\', '/')) : null;
        var own = folder.FindBeside(file, Path.GetFileNameWithoutExtension(file));
        IReadOnlyList<string> stated = named is null ? [] : folder.FindBeside(file, Path.GetFileNameWithoutExtension(named));
        string[] found = [.. own.Concat(stated).Distinct(StringComparer.Ordinal)];
        if (found.Length == 1)
        {
            return found[0];
        }

        // Of pictures that differ in the extension only, the stated name says which.
        if (Array.FindAll(found, picture => Path.GetFileName(picture) == named) is [var exact] && Path.GetFileNameWithoutExtension(named) == Path.GetFileNameWithoutExtension(file))
        {
            return exact;
        }

        faults.Add($"{file}, line {Line(root.Element("filename") ?? root)}", found.Length == 0
            ? $"picture '{named ?? Path.GetFileNameWithoutExtension(file)}' is missing; it is needed beside the file or in a folder images or JPEGImages{folder.Advice}"
            : $"states picture '{named}', and by its own name belongs to '{own[0]}'; one picture is allowed");
        return null;
    }

    private static StatedBox? ReadBox(string file, XElement element, TruthFaults faults)
    {
        var at = $"{file}, line {Line(element)}";
        var box = element.Element("bndbox");
        double?[] corners = [.. _corners.Select(name => box?.Element(name) is { } corner ? TextLines.Number(corner.Value.Trim()) : null)];
        var difficult = element.Element("difficult")?.Value.Trim() ?? "0";
        if (element.Element("name")?.Value.Trim() is not { Length: > 0 } name)
        {
            faults.Add(at, "the object has no name; the name of its class is needed");
        }
        else if (corners is not [{ } left, { } top, { } right, { } bottom])
        {
            faults.Add(at, "the object has no box; bndbox with the numbers xmin, ymin, xmax and ymax is needed");
        }
        else if (right <= left || bottom <= top)
        {
            faults.Add(at, $"the box from ({left:0.##}, {top:0.##}) to ({right:0.##}, {bottom:0.##}) has no area; xmax above xmin and ymax above ymin are needed");
        }
        else if (difficult is not ("0" or "1"))
        {
            faults.Add(at, $"difficult is '{difficult}'; 0 or 1 is allowed");
        }
        else
        {
            return new(at, name, left, top, right - left, bottom - top, difficult == "1" ? TruthRole.Difficult : TruthRole.Counted);
        }

        return null;
    }

    private static int? Size(XElement? element) => element is null ? null : TextLines.Whole(element.Value.Trim());

    private static int Line(IXmlLineInfo element) => element.LineNumber;
}
