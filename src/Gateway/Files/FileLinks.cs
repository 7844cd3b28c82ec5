namespace Chitti.Gateway;

/// <summary>Where to go from a file.</summary>
/// <param name="Self">The file.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Thumbnail">A small picture of it.</param>
/// <param name="Annotated">A picture with its indications drawn in.</param>
internal sealed record FileLinks(string Self, string Content, string Thumbnail, string Annotated)
{
    internal static FileLinks Of(Guid id)
    {
        var self = $"/api/files/{id}";
        return new(self, self + "/content", self + "/thumbnail", self + "/annotated");
    }
}
