namespace Chitti.Grains.Abstractions;

/// <summary>Names of the work streams.</summary>
public static class WorkStreams
{
    /// <summary>Name of the stream provider.</summary>
    public const string Provider = "work";

    /// <summary>Stream namespace of <see cref="FileUploaded"/>.</summary>
    public const string FileProcessing = "file-processing";

    /// <summary>Stream namespace of <see cref="ReportRequested"/>.</summary>
    public const string ReportGeneration = "report-generation";
}
