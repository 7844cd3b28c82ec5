namespace Chitti.Domain;

/// <summary>Finds the faults of a profile, by field.</summary>
/// <param name="profile">The profile.</param>
/// <param name="unread">Fields that could not be read: their values, and limits that depend on them, are not checked.</param>
public delegate IReadOnlyDictionary<string, string[]> ProfileCheck(ComponentProfile profile, IReadOnlyCollection<string> unread);
