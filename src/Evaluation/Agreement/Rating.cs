namespace Chitti.Evaluation;

/// <summary>What a rater says of a part.</summary>
public enum Rating
{
    /// <summary>The part is good.</summary>
    Pass,

    /// <summary>The part is bad.</summary>
    Fail,

    /// <summary>A person must decide. It stops the part, as <see cref="Fail"/> does, but agrees with no reference.</summary>
    Review,
}
