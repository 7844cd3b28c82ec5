namespace Chitti.Inference;

/// <summary>Layout of a detection model's output.</summary>
public enum ModelFamily
{
    /// <summary>YOLOv8 and YOLO11: <c>[N, 4 + classes, anchors]</c>, boxes as centre and size in input pixels, no objectness.</summary>
    YoloV8,

    /// <summary>YOLOv5 and v7: <c>[N, anchors, 5 + classes]</c>, boxes as centre and size in input pixels, objectness times class score.</summary>
    YoloV5,

    /// <summary>YOLOX: <c>[N, anchors, 5 + classes]</c> with raw boxes on grids of stride 8, 16 and 32.</summary>
    YoloX,

    /// <summary>
    /// Non-maximum suppression inside the model: <c>[N, detections, 6]</c>, each row corners, confidence and class.
    /// </summary>
    EndToEnd,
}
