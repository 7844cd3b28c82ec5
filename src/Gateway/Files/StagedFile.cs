using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>A part of an upload, found fit and not yet an object.</summary>
internal sealed record StagedFile(string Name, long Size, string Sha256, ImageHeader Header, IStagedObject Staged);
