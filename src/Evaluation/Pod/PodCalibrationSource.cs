namespace Chitti.Evaluation;

/// <summary>Where a calibration is from.</summary>
public enum PodCalibrationSource
{
    /// <summary>The profile's <c>millimetres_per_pixel</c>.</summary>
    Profile,

    /// <summary>The model's <c>pixels_per_millimetre</c>: it is only assumed that the pictures have the resolution of the training.</summary>
    Model,
}
