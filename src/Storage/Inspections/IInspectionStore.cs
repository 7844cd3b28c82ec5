using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Inspections by their own id; they outlive their files. Throws as <see cref="IFileStore"/>.</summary>
public interface IInspectionStore
{
    /// <summary>One inspection; null when there is none.</summary>
    Task<Inspection?> GetAsync(Guid id, CancellationToken cancellationToken = default);
}
