namespace Chitti.Storage;

/// <summary>State of an idempotency key.</summary>
public enum IdempotencyState
{
    /// <summary>The caller has the claim and must answer or release it.</summary>
    Claimed,

    /// <summary>Another call with the key is still running.</summary>
    Running,

    /// <summary>A call with the key was answered.</summary>
    Answered,
}
