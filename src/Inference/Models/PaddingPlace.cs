namespace Chitti.Inference;

/// <summary>Where padding goes in the model's input.</summary>
internal enum PaddingPlace
{
    /// <summary>On all sides.</summary>
    Center,

    /// <summary>On the right and below.</summary>
    BottomRight,
}
