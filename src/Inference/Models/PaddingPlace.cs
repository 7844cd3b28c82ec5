namespace Chitti.Inference;

/// <summary>Where what the image does not fill of the model's input lies.</summary>
internal enum PaddingPlace
{
    /// <summary>All round.</summary>
    Center,

    /// <summary>On the right and below.</summary>
    BottomRight,
}
