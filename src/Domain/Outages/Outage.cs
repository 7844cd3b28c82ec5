namespace Chitti.Domain;

/// <summary>What is unavailable.</summary>
[GenerateSerializer, Alias("chitti.outage")]
public enum Outage
{
    /// <summary>The database can't be reached, is starting or stopping, or has been busy for too long.</summary>
    Database = 0,

    /// <summary>The object store can't be reached.</summary>
    ObjectStore = 1,

    /// <summary>No detector is up, or all their queues are full.</summary>
    Detector = 2,

    /// <summary>The message broker can't be reached, or does not confirm messages.</summary>
    Broker = 3,

    /// <summary>A volume or a database has no space left.</summary>
    StorageFull = 4,

    /// <summary>A volume or a database is read-only.</summary>
    StorageReadOnly = 5,
}
