namespace Chitti.Domain;

/// <summary>What a gate checks.</summary>
[GenerateSerializer, Alias("chitti.gate-name")]
public enum GateName
{
    /// <summary>Whether the model saw the picture at a scale that it was trained at.</summary>
    Scale = 0,

    /// <summary>Whether the image is recognised as the part of the profile's references, and is not a copy of one of them.</summary>
    Reference = 1,

    /// <summary>Whether enough of the part is in the image.</summary>
    Visible = 2,
}
