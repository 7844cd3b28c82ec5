namespace Chitti.Inference;

/// <summary>A part of a picture, in its pixels after orientation.</summary>
internal readonly record struct Tile(int X, int Y, int Width, int Height)
{
    /// <summary>Whether a box ends at an edge of the tile that is not one of the picture: then it may be cut off there.</summary>
    /// <param name="box">In pixels of the picture.</param>
    /// <param name="margin">Pixels within which a box ends at the edge.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    public bool CutsOff(in Candidate box, float margin, int width, int height) =>
        (X > 0 && box.Left < X + margin)
        || (Y > 0 && box.Top < Y + margin)
        || (X + Width < width && box.Right > X + Width - margin)
        || (Y + Height < height && box.Bottom > Y + Height - margin);
}
