namespace Chitti.Domain;

/// <summary>Scale at which an image is decoded.</summary>
[GenerateSerializer, Alias("chitti.decode-scale")]
public enum DecodeScale
{
    /// <summary>Reduced if the model's input is much smaller and the codec supports it (JPEG).</summary>
    Auto = 0,

    /// <summary>Always full scale.</summary>
    Full = 1,
}
