namespace Chitti.Storage;

/// <summary>Describes faults for people.</summary>
public static class PairingFaults
{
    /// <summary>A clause that describes the fault.</summary>
    public static string Describe(this PairingFault fault) => fault switch
    {
        PairingFault.NewDatabase => "there are objects, but the database is new or empty",
        PairingFault.OlderDatabase => "the database is older than the objects, as after restoring a backup",
        PairingFault.OtherDatabase => "the objects belong to another database, or to a later state of this one",
        PairingFault.OtherObjects => "the database was used with objects that are not here",
        _ => $"{StorePairing.Key} in the object store can't be read",
    };
}
