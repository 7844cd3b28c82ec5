using System.Globalization;
using Chitti.Tests;

namespace Chitti.Benchmarks;

/// <summary>What is measured, and how thoroughly.</summary>
internal sealed record BenchOptions
{
    /// <summary>The server's assembly, <c>chitti.dll</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The model that both the server and the bare engine run.</summary>
    public static string Model => Path.Combine(Repository.Root, "models", "pcb-defects");

    /// <summary>Folder with the JPEGs that the images are derived from.</summary>
    public string Images { get; init; } = Path.Combine(Repository.Root, "samples");

    /// <summary>Figures to measure; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool Quick { get; init; }

    /// <summary>Rounds per median.</summary>
    public int Rounds => Quick ? 3 : 7;

    /// <summary>Pairs of calls, alternating between engine and server.</summary>
    public int Calls => Quick ? 60 : 300;

    /// <summary>Files of the large pipeline round and of the report.</summary>
    public int ManyFiles => Quick ? 300 : 1_000;

    /// <summary>Images sent while memory is measured.</summary>
    public int MemoryFiles => MoreMemoryFiles ?? (Quick ? 600 : 2_000);

    /// <summary>Images sent while memory is measured, in place of those.</summary>
    public int? MoreMemoryFiles { get; init; }

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions
        {
            Server = Path.Combine(Repository.Root, "artifacts", "bin", "Standalone", "release", "chitti.dll"),
        };
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--images" => options with { Images = Value() },
                "--server" => options with { Server = Value() },
                "--memory-files" => options with { MoreMemoryFiles = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--only" => options with { Only = Value().Split(',') },
                _ => throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"'{args[i]}' is unknown; there are --quick, --images, --server, --memory-files, --only.")),
            };

            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
        }

        return options;
    }

    public bool Wants(string figure) => Only.Count == 0 || Only.Contains(figure);
}
