using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>A registered model.</summary>
internal sealed record ModelResponse(
    string Id,
    string Name,
    string Version,
    string Sha256,
    string Family,
    IReadOnlyList<string> Classes,
    int InputWidth,
    int InputHeight,
    string? Licence,
    bool NeedsReference,
    string? Replaces,
    bool IsDefault,
    bool IsAvailable)
{
    internal static ModelResponse From(ModelSnapshot model, bool isDefault, bool isAvailable) => new(
        model.Identity.Id, model.Identity.Name, model.Identity.Version, model.Identity.Sha256, model.Family, model.Classes,
        model.InputWidth, model.InputHeight, model.Licence, model.NeedsReference, model.Replaces, isDefault, isAvailable);
}
