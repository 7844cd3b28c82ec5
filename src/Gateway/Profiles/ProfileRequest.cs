using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>A profile as a client sends it. It may be an answer of the API: what the server assigns is accepted and assigned anew.</summary>
internal abstract record ProfileRequest : ComponentProfile
{
    /// <summary>Has no effect.</summary>
    public int? Version { get; init; }

    /// <summary>Has no effect.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
