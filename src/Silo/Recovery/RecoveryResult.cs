using Chitti.Domain;

namespace Chitti.Silo;

/// <summary>Counts of a recovery.</summary>
internal sealed class RecoveryResult
{
    /// <summary>Objects whose file has a row or was deleted.</summary>
    public int Known { get; set; }

    /// <summary>Files restored from their metadata.</summary>
    public int FromMetadata { get; set; }

    /// <summary>Files restored from their bytes only, without name, part, batch and profile.</summary>
    public int FromBytes { get; set; }

    /// <summary>Restored files that were in quarantine.</summary>
    public int FromQuarantine { get; set; }

    /// <summary>Objects that are not images or can't be read, with the reason. They are left unchanged.</summary>
    public List<(string Key, string Why)> Unreadable { get; } = [];

    /// <summary>Number of files per profile version that the database does not have. They are left unchanged.</summary>
    public Dictionary<ProfileReference, int> UnknownProfiles { get; } = [];

    /// <summary>Restored files.</summary>
    public int Files => FromMetadata + FromBytes;
}
