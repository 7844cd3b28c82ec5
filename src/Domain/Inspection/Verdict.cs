namespace Chitti.Domain;

/// <summary>What an inspection says of a part.</summary>
[GenerateSerializer, Alias("chitti.verdict")]
public enum Verdict
{
    /// <summary>Nothing breaks an acceptance criterion.</summary>
    Pass = 0,

    /// <summary>An indication breaks a reject criterion.</summary>
    Fail = 1,

    /// <summary>A person must look: an indication in its review band, a poor image, or a model that does not find all that the profile judges.</summary>
    Review = 2,
}
