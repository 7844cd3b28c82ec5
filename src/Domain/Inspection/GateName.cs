namespace Chitti.Domain;

/// <summary>What a gate checks.</summary>
[GenerateSerializer, Alias("chitti.gate-name")]
public enum GateName
{
    /// <summary>Whether the model saw the picture at a scale that it was trained at.</summary>
    Scale = 0,
}
