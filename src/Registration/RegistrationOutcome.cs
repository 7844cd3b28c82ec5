using System.Diagnostics.CodeAnalysis;

namespace Chitti.Registration;

/// <summary>Either an alignment or why there is none.</summary>
/// <param name="Alignment">Null when there is a refusal.</param>
/// <param name="Refusal">Null when there is an alignment.</param>
public sealed record RegistrationOutcome(Alignment? Alignment, RegistrationRefusal? Refusal)
{
    /// <summary>Whether the picture was recognised.</summary>
    [MemberNotNullWhen(true, nameof(Alignment))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRegistered => Alignment is not null;
}

/// <summary>Why a picture was not registered.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Message">For people, to follow "not recognised as this part:".</param>
/// <param name="BestFit">The best fit that was found, 0 to 1; 0 if none was measured.</param>
public sealed record RegistrationRefusal(RegistrationRefusalReason Reason, string Message, double BestFit);
