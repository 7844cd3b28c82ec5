namespace Chitti.Evaluation;

/// <summary>Figures as they are written: six decimals.</summary>
internal static class Rounded
{
    public static double? Of(double? value) => value is { } given ? Math.Round(given, 6) : null;

    public static double? Share(int count, int of) => of == 0 ? null : Math.Round((double)count / of, 6);
}
