using Chitti.Grains.Abstractions;

namespace Chitti.Gateway;

/// <summary>A model that detectors can run.</summary>
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
    bool IsDefault)
{
    internal static ModelResponse From(ModelSnapshot model) => new(
        model.Identity.Id, model.Identity.Name, model.Identity.Version, model.Identity.Sha256, model.Family, model.Classes,
        model.InputWidth, model.InputHeight, model.Licence, model.IsDefault);
}
