using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>Inspections by id. They outlive their files. Throws like <see cref="IFileStore"/>.</summary>
public interface IInspectionStore
{
    /// <summary>An inspection; null when it does not exist.</summary>
    Task<Inspection?> GetAsync(Guid id, CancellationToken cancellationToken = default);
}
