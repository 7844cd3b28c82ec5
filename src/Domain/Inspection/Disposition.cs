namespace Chitti.Domain;

/// <summary>What became of one indication under the profile.</summary>
[GenerateSerializer, Alias("chitti.disposition")]
public enum Disposition
{
    /// <summary>A person must decide: its confidence lies in the review band, or the profile does not name its class.</summary>
    Review = 0,

    /// <summary>It breaks no criterion of its class.</summary>
    Accepted = 1,

    /// <summary>It breaks a reject criterion, alone or with others of its class.</summary>
    Rejected = 2,

    /// <summary>The profile says that indications of its class do not count, and why.</summary>
    Ignored = 3,
}
