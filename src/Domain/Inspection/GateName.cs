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

    /// <summary>Whether what the model sees in the picture is like what it saw in its training.</summary>
    Distribution = 3,

    /// <summary>Whether grey levels, edges and plain areas of the picture are like those of the training.</summary>
    Appearance = 4,
}
