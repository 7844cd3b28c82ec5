namespace Chitti.Tests;

/// <summary>Reports what a machine lacks, so a test that can't run there is never skipped silently.</summary>
internal static class NotRun
{
    private static readonly Lock _gate = new();

    /// <summary>Notes one thing for <c>test.sh</c> to print.</summary>
    /// <param name="what">What does not run, and what it is missing.</param>
    public static void Say(string what)
    {
        var line = $"not run: {what}";
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("CHITTI_NOT_RUN_FILE") is { Length: > 0 } file)
        {
            lock (_gate)
            {
                File.AppendAllLines(file, [line]);
            }
        }
    }
}
