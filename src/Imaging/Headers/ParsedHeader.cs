namespace Chitti.Imaging;

/// <summary>What a format's parser found: sides as stored, before orientation, or what is wrong.</summary>
internal readonly record struct ParsedHeader(long Width, long Height, int Orientation = 1, string? Problem = null)
{
    public static ParsedHeader Damaged(string problem) => new(0, 0, 1, problem);
}
