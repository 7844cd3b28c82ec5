using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>The stored facts about a model; null until a detector has registered it.</summary>
internal sealed record ModelState
{
    public ModelSnapshot? Model { get; init; }
}
