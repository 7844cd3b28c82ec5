using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>What was accepted, in the order of the parts.</summary>
internal sealed record UploadResponse(IReadOnlyList<UploadResponse.Item> Items)
{
    /// <summary>Address of the file where there is just one.</summary>
    internal string? Location() => Items is [var only] ? only.Links.Self : null;

    /// <summary>One accepted file.</summary>
    internal sealed record Item(Guid Id, string Name, long Size, string Sha256, FileStatus State, FileLinks Links);
}
