using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Inference;

namespace Chitti.Detection;

/// <summary>A model this process can run.</summary>
/// <param name="Model">The model, read and recognised.</param>
/// <param name="ProfilePath">Path of the profile shipped with it, or null.</param>
public sealed record ModelEntry(OnnxModel Model, string? ProfilePath)
{
    /// <summary>Its description, from file and manifest.</summary>
    public ModelDescription Description => Model.Description;

    /// <summary>The snapshot that is registered with the model's grain.</summary>
    public ModelSnapshot ToSnapshot() => new()
    {
        Identity = Description.Identity,
        Family = ApiJson.Word(Description.Family),
        Classes = Description.Classes,
        InputWidth = Description.InputWidth,
        InputHeight = Description.InputHeight,
        Licence = Description.Licence,
        NeedsReference = Description.NeedsReference,
        Replaces = Description.Replaces,
    };
}
