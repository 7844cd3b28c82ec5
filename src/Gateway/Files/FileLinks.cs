namespace Chitti.Gateway;

/// <summary>Links of a file.</summary>
/// <param name="Self">The file.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Thumbnail">Its thumbnail.</param>
/// <param name="Annotated">The image with its indications drawn in.</param>
internal sealed record FileLinks(string Self, string Content, string Thumbnail, string Annotated)
{
    internal static FileLinks Of(Guid id)
    {
        var self = $"/api/files/{id}";
        return new(self, self + "/content", self + "/thumbnail", self + "/annotated");
    }
}
