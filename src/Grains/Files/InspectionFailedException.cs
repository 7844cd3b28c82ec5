namespace Chitti.Grains;

/// <summary>An attempt failed on the image itself and is to be made again.</summary>
[GenerateSerializer, Alias("chitti.inspection-failed-exception")]
internal sealed class InspectionFailedException(Guid fileId, string? detail)
    : Exception($"The inspection of file {fileId} failed: {detail}");
