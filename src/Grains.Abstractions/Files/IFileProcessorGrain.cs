namespace Chitti.Grains.Abstractions;

/// <summary>
/// Inspects the files of one partition of <see cref="WorkStreams.FileProcessing"/>, one at a time. Key: the partition, from 0.
/// Only the stream calls it.
/// </summary>
[Alias("chitti.file-processor-grain")]
public interface IFileProcessorGrain : IGrainWithIntegerKey;
