using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>Object keys of a file's renditions, in the folder of its original.</summary>
internal static class FileKeys
{
    public static string Of(string originalKey, Rendition rendition) =>
        $"{originalKey[..originalKey.LastIndexOf('/')]}/{ApiJson.Word(rendition)}.jpg";

    public static IEnumerable<string> All(string originalKey) =>
        [originalKey, .. Enum.GetValues<Rendition>().Select(rendition => Of(originalKey, rendition))];
}
