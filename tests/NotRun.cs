namespace Chitti.Tests;

/// <summary>Says aloud what a machine lacks, so that a test which can't run there is never passed over in silence.</summary>
internal static class NotRun
{
    private static readonly Lock _gate = new();

    /// <summary>Notes one thing for <c>test.sh</c> to print.</summary>
    /// <param name="what">What is not run, and what is missing for it.</param>
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
