using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Chitti.Evaluation;

/// <summary>The names of YOLO's class numbers.</summary>
/// <param name="File">Where they are stated.</param>
/// <param name="Names">By number from 0.</param>
internal sealed record ClassList(string File, IReadOnlyDictionary<int, string> Names)
{
    private const int FoldersUp = 3;
    private static readonly string[] _names = ["data.yaml", "data.yml", "dataset.yaml", "dataset.yml", "classes.txt", "obj.names", "classes.names"];

    /// <summary>Whether a file has a name that lists of classes have.</summary>
    public static bool IsNamedLike(string file) => _names.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks in the folder, below it, and in the folders above.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="TruthException">Lists disagree, or can't be read.</exception>
    public static ClassList? Find(TruthFolder folder)
    {
        var within = folder.Files(".yaml", ".yml", ".txt", ".names").Where(IsNamedLike);
        var lists = within.Select(Read).OfType<ClassList>().ToList();
        var above = Path.GetFullPath(folder.Root);
        for (var up = 0; up < FoldersUp && lists.Count == 0 && Path.GetDirectoryName(above) is { } parent; up++)
        {
            above = parent;
            lists.AddRange(_names.Select(name => Path.Combine(above, name)).Where(System.IO.File.Exists).Select(Read).OfType<ClassList>());
        }

        return lists.Find(list => !list.Names.OrderBy(name => name.Key).SequenceEqual(lists[0].Names.OrderBy(name => name.Key))) is { } other
            ? throw new TruthException(other.File, $"lists other classes than '{lists[0].File}'; one list is allowed")
            : lists.FirstOrDefault();
    }

    private static ClassList? Read(string file)
    {
        var list = Path.GetExtension(file).StartsWith(".y", StringComparison.OrdinalIgnoreCase) ? ReadYaml(file) : ReadLines(file);
        var twice = list?.Names.Values.CountBy(name => name, StringComparer.Ordinal).FirstOrDefault(pair => pair.Value > 1).Key;
        return twice is null ? list : throw new TruthException(file, $"lists class '{twice}' more than once; once is allowed");
    }

    private static ClassList ReadLines(string file)
    {
        var lines = System.IO.File.ReadAllLines(file).Select(line => line.Trim().Trim('\uFEFF')).ToList();
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var empty = lines.IndexOf("");
        return empty < 0
            ? new(file, lines.Index().ToDictionary(line => line.Index, line => line.Item))
            : throw new TruthException($"{file}, line {empty + 1}", "is empty; one class per line is needed, because a class's number is its line");
    }

    private static ClassList? ReadYaml(string file)
    {
        try
        {
            using var text = System.IO.File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(text);
            if (yaml.Documents.FirstOrDefault()?.RootNode is not YamlMappingNode root || !root.Children.TryGetValue("names", out var names))
            {
                return null;
            }

            return names switch
            {
                YamlSequenceNode list => new(file, list.Children.Index().ToDictionary(entry => entry.Index, entry => Text(entry.Item))),
                YamlMappingNode map when map.Children.DistinctBy(entry => Number(entry.Key)).Count() == map.Children.Count =>
                    new(file, map.Children.ToDictionary(entry => Number(entry.Key), entry => Text(entry.Value))),
                _ => throw Unusable(names),
            };
        }
        catch (YamlException exception)
        {
            throw new TruthException($"{file}, line {exception.Start.Line}", $"is not YAML: {exception.Message}");
        }

        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the library throws for some damaged files.
            throw new TruthException(file, "is not YAML");
        }

        int Number(YamlNode node) => TextLines.Whole(Text(node)) ?? throw Unusable(node);

        string Text(YamlNode node) => (node as YamlScalarNode)?.Value is { Length: > 0 } text ? text : throw Unusable(node);

        TruthException Unusable(YamlNode node) =>
            new($"{file}, line {node.Start.Line}", "names must be a list of class names, or class names by number, each given once");
    }
}
