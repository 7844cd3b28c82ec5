namespace Chitti.Reports;

/// <summary>
/// Content that is kept on one page. It is laid out before anything is drawn, so that the number of pages is known. It holds
/// no pixels: it refers to a picture by its item, and the picture is loaded when its page is drawn.
/// </summary>
internal abstract class Block(float height)
{
    public float Height { get; } = height;

    /// <summary>Indices of the items whose pictures the block draws.</summary>
    public virtual IEnumerable<int> Pictures => [];

    public abstract void Draw(PageCanvas page, float top);
}
