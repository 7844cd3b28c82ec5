namespace Chitti.Registration;

/// <summary>Rotations about the centres of planes.</summary>
internal static class Turns
{
    /// <summary>Maps the centre of one plane to that of the other, rotated and scaled.</summary>
    public static PlaneTransform Map(GreyPlane from, GreyPlane to, double degrees, double scale)
    {
        var turn = PlaneTransform.Similarity(degrees, scale, 0, 0);
        var (x, y) = turn.Apply((from.Width - 1) / 2.0, (from.Height - 1) / 2.0);
        return turn with { C = ((to.Width - 1) / 2.0) - x, F = ((to.Height - 1) / 2.0) - y };
    }
}
