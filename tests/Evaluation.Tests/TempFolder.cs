using Chitti.Tests;

namespace Chitti.Evaluation.Tests;

/// <summary>A folder of its own for a test, with files of truth.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chitti-evaluation-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text, with its folders.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a picture of one shade.</summary>
    public string Picture(string name, int width = 200, int height = 100, int? orientation = null)
    {
        var path = Write(name, "");
        var png = new PngMaker(width, height)
        {
            Before = output =>
            {
                if (orientation is { } value)
                {
                    // A TIFF block with one entry: tag 0x0112, a short.
                    PngMaker.WriteChunk(output, "eXIf", [.. "MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, (byte)value, 0, 0, 0, 0, 0, 0]);
                }
            },
        };
        File.WriteAllBytes(path, png.ToArray());
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
