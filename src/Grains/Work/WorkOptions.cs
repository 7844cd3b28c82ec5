using System.ComponentModel.DataAnnotations;

namespace Chitti.Grains;

/// <summary>How work is spread. Section <c>Chitti:Work</c>.</summary>
public sealed class WorkOptions
{
    /// <summary>
    /// Partitions of the file-processing stream, 1..256. Each works on one file at a time, so this is how many files are
    /// under way at once; four a core by default, at least eight, so that no session waits for storage.
    /// </summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = Math.Clamp(4 * Environment.ProcessorCount, 8, 256);
}
