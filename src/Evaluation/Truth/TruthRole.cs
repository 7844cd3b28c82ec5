namespace Chitti.Evaluation;

/// <summary>How a true defect counts when findings are compared with it.</summary>
public enum TruthRole
{
    /// <summary>It must be found.</summary>
    Counted = 0,

    /// <summary>Pascal VOC's <c>difficult</c>: it need not be found, and finding it is no mistake.</summary>
    Difficult = 1,

    /// <summary>COCO's <c>iscrowd</c>: an area with any number of defects; they need not be found, and finding them is no mistake.</summary>
    Crowd = 2,
}
