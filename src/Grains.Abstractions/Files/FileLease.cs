using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>The right to inspect a file. Holds for <paramref name="Duration"/> unless renewed.</summary>
/// <param name="File">The file.</param>
/// <param name="Holder">Unique name of the lease, needed to renew and to end it.</param>
/// <param name="Duration">How long it holds after it was taken or renewed.</param>
[GenerateSerializer, Immutable, Alias("chitti.file-lease")]
public sealed record FileLease(
    [property: Id(0)] FileSnapshot File,
    [property: Id(1)] string Holder,
    [property: Id(2)] TimeSpan Duration);
