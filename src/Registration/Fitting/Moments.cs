namespace Chitti.Registration;

/// <summary>Means, variances and covariance of grey levels of a reference and of samples of a picture.</summary>
/// <param name="Gain">Maps samples to the reference's grey levels, by mean and standard deviation; 0 for a flat picture.</param>
/// <param name="Offset">In grey levels of the reference.</param>
/// <param name="Correlation">-1 to 1; 0 if one of both is flat.</param>
/// <param name="SquaredScale">Squared residual beyond which a point has less than half of its weight.</param>
internal readonly record struct Moments(double Gain, double Offset, double Correlation, double SquaredScale)
{
    // Variance of grey levels below which nothing can be seen.
    private const double MinVariance = 4;

    /// <param name="reference">Grey levels.</param>
    /// <param name="samples">NaN for those outside the picture.</param>
    /// <param name="weights">Null for 1 each.</param>
    public static Moments Of(float[] reference, float[] samples, float[]? weights)
    {
        double n = 0, sumR = 0, sumS = 0, sumRr = 0, sumSs = 0, sumRs = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            if (float.IsNaN(samples[i]))
            {
                continue;
            }

            var weight = weights is null ? 1.0 : weights[i];
            double r = reference[i], s = samples[i];
            n += weight;
            sumR += weight * r;
            sumS += weight * s;
            sumRr += weight * r * r;
            sumSs += weight * s * s;
            sumRs += weight * r * s;
        }

        return n > 0 ? Of(n, sumR, sumS, sumRr, sumSs, sumRs) : default;
    }

    public static Moments Of(double n, double sumR, double sumS, double sumRr, double sumSs, double sumRs)
    {
        var (meanR, meanS) = (sumR / n, sumS / n);
        var (varianceR, varianceS) = ((sumRr / n) - (meanR * meanR), (sumSs / n) - (meanS * meanS));
        if (varianceR < MinVariance || varianceS < MinVariance)
        {
            return new(0, meanR, 0, double.MaxValue);
        }

        var gain = Math.Sqrt(varianceR / varianceS);
        var correlation = ((sumRs / n) - (meanR * meanS)) / Math.Sqrt(varianceR * varianceS);
        // Mean squared residual of samples mapped by gain and offset: 2 var (1 - correlation).
        var squared = 2 * varianceR * (1 - correlation);
        return new(gain, meanR - (gain * meanS), correlation, Math.Max(squared, 0.02 * varianceR));
    }
}
