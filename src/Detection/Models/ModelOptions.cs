using System.ComponentModel.DataAnnotations;

namespace Chitti.Detection;

/// <summary>Which models a detector runs.</summary>
public sealed class ModelOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Folder with one folder per model; the <c>models</c> folder beside the program by default.</summary>
    [Required]
    public string ModelsPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Model that is loaded at start, that readiness waits for, and that <c>inspect</c> runs where it names none. Inspections in the server run their profile's model.</summary>
    [Required]
    public string DefaultModel { get; set; } = "pcb-defects";
}
