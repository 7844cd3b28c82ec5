namespace Chitti.Storage;

/// <summary>Inspections. They outlive their files. Throws like <see cref="IFileStore"/>.</summary>
public interface IInspectionStore
{
    /// <summary>An inspection; null when it does not exist.</summary>
    Task<StoredInspection?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Inspections, also of deleted files, by acceptance of their files, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="InspectionQuery.Limit"/> is not 1..1,000.</exception>
    Task<IReadOnlyList<StoredInspection>> ListAsync(InspectionQuery query, CancellationToken cancellationToken = default);
}
