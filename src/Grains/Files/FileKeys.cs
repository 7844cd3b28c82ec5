using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>Where the pictures made from a file lie, beside its original.</summary>
internal static class FileKeys
{
    public static string Of(string originalKey, Rendition rendition) =>
        $"{originalKey[..originalKey.LastIndexOf('/')]}/{ApiJson.Word(rendition)}.jpg";

    public static IEnumerable<string> All(string originalKey) =>
        [originalKey, .. Enum.GetValues<Rendition>().Select(rendition => Of(originalKey, rendition))];
}
