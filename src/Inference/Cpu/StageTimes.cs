namespace Chitti.Inference;

/// <summary>Time that an image spent in each stage, summed over its parts.</summary>
internal record struct StageTimes(TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess);
