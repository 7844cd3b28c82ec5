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

    /// <summary>
    /// Model that is loaded at start, that readiness depends on, and that <c>inspect</c> runs if none is given. Inspections
    /// on the server run their profile's model.
    /// </summary>
    [Required]
    public string DefaultModel { get; set; } = "pcb-defects";
}
