using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One accepted file.</summary>
internal sealed record UploadedFile(Guid Id, string Name, long Size, string Sha256, FileStatus State, FileLinks Links);
