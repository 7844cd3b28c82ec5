namespace Chitti.Inference;

/// <summary>
/// Recognises a model's family by the shape of its output, its class names and, because YOLOX and YOLOv5 share a shape, its
/// output for a blank image: YOLOv5's box centres span the whole input in pixels, YOLOX's raw ones stay within a few cells
/// of 0.
/// </summary>
internal static class FamilyRecognition
{
    private const string Supported =
        "yolov8 or yolo11 [N, 4 + classes, anchors]; yolov5 or yolov7 [N, anchors, 5 + classes]; "
        + "yolox [N, anchors, 5 + classes] with raw boxes; end_to_end [N, detections, 6]";

    private const int MinClasses = 1;

    public static ModelFamily Recognise(ModelSignature signature, ModelManifest manifest)
    {
        var (rows, columns) = (signature.OutputShape[1], signature.OutputShape[2]);
        var names = (manifest.Classes ?? PythonLiteral.Names(signature.Metadata.GetValueOrDefault("names")))?.Count;
        var family = manifest.Family ?? Guess(signature, rows, columns, names);
        if (family is null || ClassCount(family.Value, rows, columns) < MinClasses)
        {
            throw Fault($"its output matches no family{(manifest.Family is { } stated ? $"; the manifest says {stated}" : "")}", signature.Seen);
        }

        if (family == ModelFamily.EndToEnd && columns != 6)
        {
            throw Fault("the manifest says end_to_end, whose rows have 6 columns", signature.Seen);
        }

        if (family == ModelFamily.YoloX && rows != YoloXGrid.CellCount(signature.InputWidth, signature.InputHeight))
        {
            throw Fault("yolox has one row per cell of strides 8, 16 and 32", signature.Seen);
        }

        if (family == ModelFamily.YoloX && CentresSpanInput(signature, columns))
        {
            throw Fault("the manifest says yolox, whose boxes are raw, but these are decoded; export the model without decoding", signature.Seen);
        }

        return family.Value;
    }

    public static IReadOnlyList<string> ClassNames(ModelSignature signature, ModelManifest manifest, ModelFamily family)
    {
        var count = ClassCount(family, signature.OutputShape[1], signature.OutputShape[2]);
        var names = manifest.Classes ?? PythonLiteral.Names(signature.Metadata.GetValueOrDefault("names"));
        // An end-to-end output does not show how many classes there are; ids beyond the names are dropped.
        if (names is not null && (names.Count == count || family == ModelFamily.EndToEnd))
        {
            return names;
        }

        if (names is not null)
        {
            throw Fault($"it has {count} classes, but {names.Count} names are given", signature.Seen);
        }

        if (family == ModelFamily.EndToEnd)
        {
            throw Fault("it does not name its classes; list classes in a manifest", signature.Seen);
        }

        return [.. Enumerable.Range(0, (int)count).Select(id => $"class_{id}")];
    }

    public static ModelFaultException Fault(string why, string seen) =>
        new($"The model can't be used: {why}. Found: {seen}. Supported: {Supported}. A manifest beside the model can name the family.");

    private static ModelFamily? Guess(ModelSignature signature, long rows, long columns, int? names)
    {
        var cells = YoloXGrid.CellCount(signature.InputWidth, signature.InputHeight);
        var onGrid = rows == cells || rows == 3 * cells;
        if (columns == 6 && !onGrid && (names is null || names != rows - 4))
        {
            return ModelFamily.EndToEnd;
        }

        if (names is null ? rows < columns : rows == 4 + names)
        {
            return ModelFamily.YoloV8;
        }

        if (names is null ? !onGrid : columns != 5 + names)
        {
            return null;
        }

        return rows == cells && !CentresSpanInput(signature, columns) ? ModelFamily.YoloX : ModelFamily.YoloV5;
    }

    private static bool CentresSpanInput(ModelSignature signature, long columns)
    {
        var largest = 0f;
        for (var at = 0L; at < signature.BlankOutput.LongLength; at += columns)
        {
            largest = Math.Max(largest, signature.BlankOutput[at]);
        }

        return largest > signature.InputWidth / 2f;
    }

    private static long ClassCount(ModelFamily family, long rows, long columns) => family switch
    {
        ModelFamily.YoloV8 => rows - 4,
        ModelFamily.EndToEnd => MinClasses,
        _ => columns - 5,
    };
}
