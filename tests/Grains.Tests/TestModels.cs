using Chitti.Detection;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

internal static class TestModels
{
    /// <summary>The shipped model with its profile.</summary>
    public static ModelShelf Shelf { get; } = new([ModelFolder.LoadOne(Repository.Path("models", "pcb-defects"))], "pcb-defects");
}
