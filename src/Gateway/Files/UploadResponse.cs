namespace Chitti.Gateway;

/// <summary>What was accepted, in the order of the parts.</summary>
internal sealed record UploadResponse(IReadOnlyList<UploadedFile> Items)
{
    /// <summary>Address of the file where there is just one.</summary>
    internal string? Location() => Items is [var only] ? only.Links.Self : null;
}
