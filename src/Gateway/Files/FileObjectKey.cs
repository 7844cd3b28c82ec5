namespace Chitti.Gateway;

/// <summary>Where the bytes of a file lie.</summary>
internal static class FileObjectKey
{
    /// <summary>Spread by the last two digits of the id: the first ones are the time and would fill one folder.</summary>
    internal static string Of(Guid id)
    {
        var text = id.ToString("N");
        return $"files/{text[^2..]}/{text}/original";
    }
}
