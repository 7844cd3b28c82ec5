using System.ComponentModel.DataAnnotations;

namespace Chitti.Silo;

/// <summary>Where a silo finds and keeps things. Section <c>Chitti</c>.</summary>
public sealed class ChittiOptions
{
    /// <summary>Folder for the database and the objects; made when missing. <c>data</c> in the current folder by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>Folder with one folder a model; the <c>models</c> folder beside the program by default.</summary>
    [Required]
    public string ModelsPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Model that is loaded at start, that readiness waits for, and that <c>inspect</c> runs where it names none. Inspections in the server run their profile's model.</summary>
    [Required]
    public string DefaultModel { get; set; } = "pcb-defects";

    /// <summary>Font file or folder for PDF reports and annotated images; where the system keeps its fonts by default.</summary>
    public string? FontPath { get; set; }

    /// <summary>Free bytes on the volume below which uploads are refused, so that accepted work can still end.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveBytes { get; set; } = 64L << 20;
}
