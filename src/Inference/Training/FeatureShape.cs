namespace Chitti.Inference;

/// <summary>Dimensions of a model's output <c>features</c>.</summary>
/// <param name="Channels">Values of a vector.</param>
/// <param name="Rows">Places from top to bottom, over the whole input.</param>
/// <param name="Columns">Places from left to right.</param>
/// <param name="HasPlaces">Whether the output has the last two dimensions.</param>
internal sealed record FeatureShape(int Channels, int Rows, int Columns, bool HasPlaces)
{
    public const string OutputName = "features";

    /// <summary>Whether there is one vector for the whole input, padding included.</summary>
    public bool IsWhole => Rows == 1 && Columns == 1;

    public int Length => Channels * Rows * Columns;

    public long[] Dimensions => HasPlaces ? [1, Channels, Rows, Columns] : [1, Channels];
}
