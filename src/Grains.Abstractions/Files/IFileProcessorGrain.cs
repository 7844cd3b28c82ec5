namespace Chitti.Grains.Abstractions;

/// <summary>
/// Runs the inspections of one partition of <see cref="WorkStreams.FileProcessing"/>, one after the other.
/// Key: the partition, 0-based. It is called by the stream alone.
/// </summary>
[Alias("chitti.file-processor-grain")]
public interface IFileProcessorGrain : IGrainWithIntegerKey;
