using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>A checked part of an upload, not yet committed.</summary>
internal sealed record StagedFile(string Name, long Size, string Sha256, ImageHeader Header, IStagedObject Staged);
