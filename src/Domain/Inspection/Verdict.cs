namespace Chitti.Domain;

/// <summary>The outcome of an inspection.</summary>
[GenerateSerializer, Alias("chitti.verdict")]
public enum Verdict
{
    /// <summary>Nothing breaks an acceptance criterion.</summary>
    Pass = 0,

    /// <summary>An indication breaks a reject criterion.</summary>
    Fail = 1,

    /// <summary>
    /// A person must decide: an indication is in its review band, the image is poor, or the model can't find every class
    /// that the profile judges.
    /// </summary>
    Review = 2,
}
