namespace Chitti.Domain;

/// <summary>
/// A part of the system is unavailable. The one exception for that: thrown where the system meets a database, an object
/// store, a detector or a broker, and passed on unchanged. Work that meets it waits and loses no attempt; a request is
/// answered 503, or 507 where storage is full. Every other exception is a failure of the item at hand.
/// </summary>
[GenerateSerializer, Alias("chitti.outage-exception")]
public sealed class OutageException : Exception
{
    /// <summary>With what is unavailable, a message for operators, and what showed it.</summary>
    public OutageException(Outage outage, string message, Exception? innerException = null) : base(message, innerException) =>
        Outage = outage;

    /// <summary>What is unavailable.</summary>
    [Id(0)]
    public Outage Outage { get; }
}
