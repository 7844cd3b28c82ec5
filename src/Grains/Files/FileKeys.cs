using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Grains;

/// <summary>Object keys of a file's original, metadata and renditions, which share a folder.</summary>
internal static class FileKeys
{
    public static string Of(string originalKey, Rendition rendition) =>
        FileObjects.Beside(originalKey, $"{ApiJson.Word(rendition)}.jpg");

    public static IEnumerable<string> All(string originalKey) =>
    [
        originalKey,
        FileObjects.MetadataOf(originalKey),
        .. Enum.GetValues<Rendition>().Select(rendition => Of(originalKey, rendition)),
    ];
}
