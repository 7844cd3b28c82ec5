using System.Xml;

namespace Chitti.Evaluation;

/// <summary>Reads ground truth. The content tells the format, not the name.</summary>
public static class TruthReader
{
    /// <summary>Reads ground truth from a file or folder.</summary>
    /// <param name="path">A COCO file, a VOC file, a DeepPCB list of pictures and annotations, or a folder with annotation files.</param>
    /// <param name="pictures">Folder of the pictures; null if they are where their format puts them.</param>
    /// <exception cref="TruthException">It can't be used.</exception>
    public static GroundTruth Read(string path, string? pictures = null)
    {
        try
        {
            if (pictures is not null && !Directory.Exists(pictures))
            {
                throw new TruthException($"'{pictures}'", "is not a folder; the folder of the pictures is needed");
            }

            return File.Exists(path) ? ReadFile(path, new(Path.GetDirectoryName(Path.GetFullPath(path))!, pictures))
                : Directory.Exists(path) ? ReadFolder(new(path, pictures))
                : throw new TruthException($"'{path}'", "does not exist; a file or folder of ground truth is needed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TruthException($"'{path}'", $"can't be read: {exception.Message}");
        }
    }

    private static GroundTruth ReadFile(string path, TruthFolder folder)
    {
        if (CocoReader.IsCoco(path) is { } coco)
        {
            return coco ? CocoReader.Read(path, folder) : throw new TruthException(path, CocoReader.Rule);
        }

        if (IsVoc(path))
        {
            return VocReader.Read([path], folder);
        }

        return DeepPcbReader.FindList(path) is { } list
            ? DeepPcbReader.Read(list, folder)
            : throw new TruthException(path, "is neither COCO JSON, nor Pascal VOC XML, nor a DeepPCB list of pictures and annotations; for one text file per picture (YOLO, DeepPCB), name their folder");
    }

    private static GroundTruth ReadFolder(TruthFolder folder)
    {
        var coco = folder.Files(".json").Where(file => CocoReader.IsCoco(file) == true).ToList();
        var voc = folder.Files(".xml").Where(IsVoc).ToList();
        var labels = LabelFiles.Find(folder);
        List<(string Name, List<string> Files)> kinds = [("COCO JSON", coco), ("Pascal VOC XML", voc), ("text files with boxes", labels.Files)];
        kinds.RemoveAll(kind => kind.Files.Count == 0);
        if (kinds.Count != 1 || coco.Count > 1)
        {
            throw new TruthException($"'{folder.Root}'", kinds.Count == 0
                ? "holds no ground truth; COCO JSON, Pascal VOC XML, or text files with boxes (YOLO, DeepPCB) are allowed"
                : $"holds {string.Join(" and ", kinds.Select(kind => $"{kind.Name} ({Shorten(kind.Files[0], folder.Root)}{(kind.Files.Count > 1 ? $" and {kind.Files.Count - 1} more" : "")})"))}; name the one to use");
        }

        return coco.Count == 1 ? CocoReader.Read(coco[0], folder)
            : voc.Count > 0 ? VocReader.Read(voc, folder)
            : labels.Read(folder);
    }

    private static string Shorten(string file, string root) => Path.GetRelativePath(root, file);

    private static bool IsVoc(string path)
    {
        try
        {
            using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            return xml.MoveToContent() == XmlNodeType.Element && xml.LocalName == "annotation";
        }
        catch (XmlException)
        {
            // Not XML, or broken from its first element on: then its extension says what it was meant to be.
            return string.Equals(Path.GetExtension(path), ".xml", StringComparison.OrdinalIgnoreCase);
        }
    }
}
