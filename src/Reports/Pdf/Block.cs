namespace Chitti.Reports;

/// <summary>
/// A block that is kept on one page. Laid out before anything is drawn, so that the number of pages is known;
/// holds no pixels: a picture is named by its item and loaded when its page is drawn.
/// </summary>
internal abstract class Block(float height)
{
    public float Height { get; } = height;

    /// <summary>Indices of the items whose pictures the block draws.</summary>
    public virtual IEnumerable<int> Pictures => [];

    public abstract void Draw(PageCanvas page, float top);
}
