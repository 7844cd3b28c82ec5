using System.ComponentModel.DataAnnotations;

namespace Chitti.Grains;

/// <summary>How work is spread.</summary>
public sealed class WorkOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Chitti:Work";

    /// <summary>
    /// Partitions of the file-processing stream, 1..256; 16 by default. Each works on one file at a time, so this is how many
    /// files are in progress at once in the whole cluster. It must be the same on every silo, and so does not depend on a
    /// machine's cores.
    /// </summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = 16;
}
