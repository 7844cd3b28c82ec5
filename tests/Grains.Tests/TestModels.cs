using Chitti.Detection;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

internal static class TestModels
{
    /// <summary>The shipped model with its profile.</summary>
    public static ModelShelf Shelf { get; } = ModelFolder.Load(Path.Combine(Repository.Root, "models"), "pcb-defects");
}
