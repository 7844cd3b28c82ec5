using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>What is known of a model; null until a detector has registered it.</summary>
internal sealed record ModelState
{
    public ModelSnapshot? Model { get; init; }
}
