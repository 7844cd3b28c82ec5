namespace Chitti.Gateway;

/// <summary>The accepted files in the order of the parts.</summary>
internal sealed record UploadResponse(IReadOnlyList<UploadedFile> Items)
{
    /// <summary>Link to the file if there is only one.</summary>
    internal string? Location() => Items is [var only] ? only.Links.Self : null;
}
