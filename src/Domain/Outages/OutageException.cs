namespace Chitti.Domain;

/// <summary>
/// A part of the system is unavailable. This is the only exception for an outage: it is thrown at the boundary to a
/// database, an object store, a detector or a broker, and passed on unchanged. Work that hits an outage waits and uses up no
/// attempt; a request is answered 503, or 507 if storage is full. Every other exception is a failure of the item being
/// processed.
/// </summary>
[GenerateSerializer, Alias("chitti.outage-exception")]
public sealed class OutageException : Exception
{
    /// <summary>With what is unavailable, a message for operators, and the error that showed it.</summary>
    public OutageException(Outage outage, string message, Exception? innerException = null) : base(message, innerException) =>
        Outage = outage;

    /// <summary>What is unavailable.</summary>
    [Id(0)]
    public Outage Outage { get; }
}
