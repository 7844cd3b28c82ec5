namespace Chitti.Grains.Abstractions;

/// <summary>A file was accepted for inspection. Published to <see cref="WorkStreams.FileProcessing"/>.</summary>
/// <param name="FileId">The file.</param>
[GenerateSerializer, Immutable, Alias("chitti.file-uploaded")]
public sealed record FileUploaded([property: Id(0)] Guid FileId);
