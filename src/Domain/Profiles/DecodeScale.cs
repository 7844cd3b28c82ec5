namespace Chitti.Domain;

/// <summary>At which scale an image is decoded.</summary>
[GenerateSerializer, Alias("chitti.decode-scale")]
public enum DecodeScale
{
    /// <summary>Reduced where the model's input is much smaller and the codec can (JPEG).</summary>
    Auto = 0,

    /// <summary>Always whole.</summary>
    Full = 1,
}
