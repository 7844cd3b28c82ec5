namespace Chitti.Domain;

/// <summary>What a part is made of.</summary>
[GenerateSerializer, Alias("chitti.material")]
public enum Material
{
    /// <summary>Something else.</summary>
    Other = 0,

    /// <summary>Metal.</summary>
    Metal = 1,

    /// <summary>Plastic.</summary>
    Plastic = 2,

    /// <summary>Composite.</summary>
    Composite = 3,

    /// <summary>Ceramic.</summary>
    Ceramic = 4,

    /// <summary>Printed circuit board.</summary>
    Pcb = 5,
}
