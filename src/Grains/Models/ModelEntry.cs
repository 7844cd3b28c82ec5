using Chitti.Inference;

namespace Chitti.Grains;

/// <summary>A model on disk.</summary>
/// <param name="Path">Its ONNX file.</param>
/// <param name="Description">What file and manifest say of it.</param>
/// <param name="ProfilePath">The profile shipped beside it, or null.</param>
public sealed record ModelEntry(string Path, ModelDescription Description, string? ProfilePath);
