namespace Chitti.Storage;

/// <summary>Where an idempotency key stands.</summary>
public enum IdempotencyState
{
    /// <summary>The key is the caller's: answer or release it.</summary>
    Claimed,

    /// <summary>Another call with the key is still running.</summary>
    Running,

    /// <summary>A call with the key was answered.</summary>
    Answered,
}
