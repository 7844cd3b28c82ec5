namespace Chitti.Storage;

/// <summary>How a database and an object store do not match.</summary>
public enum PairingFault
{
    /// <summary>There are objects, but the database is new or empty.</summary>
    NewDatabase,

    /// <summary>The database is older than the objects, as after restoring a backup.</summary>
    OlderDatabase,

    /// <summary>The objects belong to another database, or to a later state of this one.</summary>
    OtherDatabase,

    /// <summary>The database was used with an object store, but not with this one.</summary>
    OtherObjects,

    /// <summary>The pairing in the object store can't be read.</summary>
    Unreadable,
}
