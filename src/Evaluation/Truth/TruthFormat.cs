namespace Chitti.Evaluation;

/// <summary>Format of ground truth.</summary>
public enum TruthFormat
{
    /// <summary>COCO: one JSON file with <c>images</c>, <c>annotations</c> and <c>categories</c>.</summary>
    Coco = 0,

    /// <summary>YOLO: one text file per picture, <c>class cx cy width height</c> in fractions of the picture, and a list of classes.</summary>
    Yolo = 1,

    /// <summary>Pascal VOC: one XML file per picture.</summary>
    Voc = 2,

    /// <summary>DeepPCB: one text file per picture, <c>x1 y1 x2 y2 type</c> in pixels.</summary>
    DeepPcb = 3,
}
