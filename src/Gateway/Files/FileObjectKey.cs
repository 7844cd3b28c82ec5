namespace Chitti.Gateway;

/// <summary>Object keys of uploaded files.</summary>
internal static class FileObjectKey
{
    /// <summary>Shards by the last two digits of the id. The first digits are the time, so they would put all current files in one folder.</summary>
    internal static string Of(Guid id)
    {
        var text = id.ToString("N");
        return $"files/{text[^2..]}/{text}/original";
    }
}
