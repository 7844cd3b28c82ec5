namespace Chitti.Inference;

/// <summary>Names, shapes and metadata of a model, and its output for a blank image.</summary>
internal sealed record ModelSignature
{
    public required string InputName { get; init; }

    public required int InputWidth { get; init; }

    public required int InputHeight { get; init; }

    /// <summary>The first output of three dimensions.</summary>
    public required string OutputName { get; init; }

    /// <summary>[1, rows, columns] of the output for a blank image.</summary>
    public required long[] OutputShape { get; init; }

    /// <summary>False if the number of rows or columns may differ from image to image.</summary>
    public required bool IsOutputFixed { get; init; }

    /// <summary>The output for a blank image.</summary>
    public required float[] BlankOutput { get; init; }

    /// <summary>Dimensions of the output <c>features</c>; null if there is none.</summary>
    public FeatureShape? Features { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required string Seen { get; init; }
}
