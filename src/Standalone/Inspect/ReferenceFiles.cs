using System.Security.Cryptography;
using Chitti.Detection;
using Chitti.Domain;

namespace Chitti.Standalone;

/// <summary>The pictures of good parts of <c>--reference</c>.</summary>
internal sealed class ReferenceFiles : IReferenceSource
{
    private readonly string _path;
    private readonly List<ReferencePicture> _all = [];
    private readonly ILookup<string, ReferencePicture> _byName;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    private ReferenceFiles(string path, IReadOnlyList<string> files)
    {
        _path = path;
        var named = new List<(string Name, ReferencePicture Picture)>();
        foreach (var file in files)
        {
            var picture = new ReferencePicture { Sha256 = Hash(File.ReadAllBytes(file)), Name = Path.GetFileName(file) };
            named.Add((NameOf(file), picture));
            if (_files.TryAdd(picture.Sha256, file))
            {
                _all.Add(picture);
            }
        }

        _byName = named.ToLookup(one => one.Name, one => one.Picture, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Some of them, as a profile may hold.</summary>
    public IReadOnlyList<ReferencePicture> First => [.. _all.Take(ProfileValidation.MaxReferences)];

    /// <summary>Finds the pictures, and hashes them.</summary>
    /// <param name="path">A picture, or a folder with pictures.</param>
    /// <param name="outputFolder">Where results go: left out; null for none.</param>
    /// <exception cref="IOException">There are none, or one can't be read.</exception>
    public static ReferenceFiles Read(string path, string? outputFolder)
    {
        var files = InputFiles.Find([path], outputFolder).Files;
        return files.Count == 0
            ? throw new IOException($"There is no image (JPEG, PNG, WebP, BMP, TIFF) in the references: {path}.")
            : new(path, files);
    }

    /// <summary>The references of one image: the one of the same name, else all, of which the best fitting is taken.</summary>
    /// <returns>The references, or why there are none.</returns>
    public (IReadOnlyList<ReferencePicture> References, string? Fault) For(string file)
    {
        var name = NameOf(file);
        return (_byName[name].DistinctBy(one => one.Sha256).ToList(), _all.Count) switch
        {
            ({ Count: 1 } one, _) => (one, null),
            ({ Count: > 1 } several, _) => ([], $"{_path} has {several.Count} references named '{name}': {string.Join(", ", several.Select(one => one.Name))}; keep one of them."),
            (_, <= ProfileValidation.MaxReferences) => (_all, null),
            var (_, count) => ([], $"{_path} has {count} references, but none named '{name}'. Without a name, at most {ProfileValidation.MaxReferences} are compared."),
        };
    }

    /// <summary>The file of a reference.</summary>
    public string PathOf(string sha256) => _files[sha256];

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(_files[sha256], cancellationToken);
        return Hash(bytes) == sha256 ? bytes : throw new ReferenceException($"The reference {_files[sha256]} was changed during the run.");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
