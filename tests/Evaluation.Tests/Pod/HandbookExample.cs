namespace Chitti.Evaluation.Tests;

/// <summary>
/// Cracks that were found or missed, in thousandths of an inch: "EXAMPLE 3 hm" of the software of MIL-HDBK-1823A. Targets
/// without a measured size are left out.
/// </summary>
internal static class HandbookExample
{
    private static readonly int[] _lengthsFound =
    [
        45, 80, 80, 85, 90, 95, 110, 111, 116, 125, 125, 130, 130, 137, 138, 140, 141, 144, 145, 150, 152, 152, 155,
        157, 165, 167, 175, 176, 179, 180, 180, 182, 185, 187, 187, 188, 190, 194, 195, 195, 200, 200, 202, 205, 207,
        207, 207, 210, 210, 210, 210, 211, 212, 212, 213, 215, 215, 216, 216, 220, 225, 227, 235, 235, 235, 240, 240,
        240, 242, 247, 250, 250, 255, 257, 260, 262, 262, 265, 275, 300, 300, 315, 317, 320, 320, 320, 324, 325, 345,
        352, 355, 407,
    ];

    private static readonly int[] _lengthsMissed =
    [
        19, 23, 25, 25, 34, 34, 50, 50, 57, 65, 65, 67, 67, 70, 70, 70, 75, 75, 79, 80, 80, 82, 82, 84, 85, 85, 87,
        90, 91, 95, 97, 102, 115, 117, 125, 125, 125, 142, 150, 155, 177, 182,
    ];

    private static readonly int[] _depthsFound =
    [
        16, 18, 18, 19, 19, 19, 19, 21, 21, 21, 21, 21, 23, 25, 25, 25, 25, 25, 27, 27, 27, 27, 29, 29, 29, 31, 31,
        31, 33, 33, 33, 33, 35, 37, 37, 37, 37, 39, 39, 39, 39, 41, 41, 41, 41, 41, 43, 43, 43, 43, 45, 45, 47, 47,
        47, 47, 47, 47, 49, 49, 49, 49, 49, 49, 51, 53, 53, 55, 57, 57, 57, 58, 58, 58, 58, 60, 60, 62, 62, 62, 64,
        64, 66, 68, 68, 68, 76, 84, 97,
    ];

    private static readonly int[] _depthsMissed =
    [
        4, 6, 6, 6, 8, 8, 8, 10, 10, 10, 10, 10, 10, 12, 12, 12, 12, 12, 14, 14, 16, 18, 18, 19, 19, 21, 23, 25, 33,
        100,
    ];

    public static List<PodTarget> ByLength => Inches(_lengthsFound, _lengthsMissed);

    public static List<PodTarget> ByDepth => Inches(_depthsFound, _depthsMissed);

    private static List<PodTarget> Inches(int[] found, int[] missed) =>
        [.. found.Select(size => new PodTarget(size / 1000.0, true)), .. missed.Select(size => new PodTarget(size / 1000.0, false))];
}
