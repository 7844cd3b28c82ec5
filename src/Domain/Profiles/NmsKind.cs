namespace Chitti.Domain;

/// <summary>Which boxes non-maximum suppression compares.</summary>
[GenerateSerializer, Alias("chitti.nms-kind")]
public enum NmsKind
{
    /// <summary>Only boxes of one class.</summary>
    PerClass = 0,

    /// <summary>All boxes.</summary>
    Agnostic = 1,
}
