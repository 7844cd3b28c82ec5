namespace Chitti.Evaluation;

/// <summary>
/// Finds the pictures that names of parts mean: the path of a picture, or the end of it, with or without the extension. The
/// closer reading wins, so that a picture can always be named.
/// </summary>
internal sealed class PartNames
{
    private readonly ILookup<string, string>[] _readings;

    public PartNames(IEnumerable<string> files)
    {
        var paths = files.Select(file => (File: file, Path: Plain(file))).ToList();
        var named = paths.SelectMany(one => Ends(one.Path).Select(end => (one.File, End: end))).ToList();
        var whole = named.ToLookup(one => one.End, one => one.File, StringComparer.Ordinal);
        var bare = named.ToLookup(one => one.End[..^Path.GetExtension(one.End).Length], one => one.File, StringComparer.Ordinal);
        _readings = [paths.ToLookup(one => one.Path, one => one.File, StringComparer.Ordinal), whole, bare, Relax(whole), Relax(bare)];
    }

    /// <returns>None if no picture is meant; more than one if the name is ambiguous.</returns>
    public IReadOnlyList<string> Find(string part)
    {
        var name = Plain(part);
        return [.. (_readings.FirstOrDefault(reading => reading.Contains(name))?[name] ?? []).Distinct(StringComparer.Ordinal)];
    }

    private static string Plain(string path)
    {
        var plain = path.Replace('\\', '/');
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
    }

    private static IEnumerable<string> Ends(string path)
    {
        yield return path;
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at >= 0 && at < path.Length - 1; at = path.IndexOf('/', at + 1))
        {
            yield return path[(at + 1)..];
        }
    }

    private static ILookup<string, string> Relax(ILookup<string, string> reading) =>
        reading.SelectMany(same => same.Select(file => (same.Key, File: file))).ToLookup(one => one.Key, one => one.File, StringComparer.OrdinalIgnoreCase);
}
