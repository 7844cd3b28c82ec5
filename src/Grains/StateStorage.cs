namespace Chitti.Grains;

/// <summary>Name of the storage provider that keeps grain state.</summary>
internal static class StateStorage
{
    public const string Name = "state";
}
