namespace Chitti.Storage;

/// <summary>Result of requesting a lease.</summary>
/// <typeparam name="T">Type of the item.</typeparam>
/// <param name="Outcome">Whether the caller has the lease.</param>
/// <param name="Item">Current state of the item; never null with <see cref="BeginOutcome.Leased"/>, otherwise null if it does not exist.</param>
/// <param name="Attempt">Number of this attempt, from 1, outages not counted; 0 without a lease.</param>
/// <param name="LastError">Why the previous attempt failed; null at the first attempt, or if the process died during the previous one.</param>
public sealed record Begun<T>(BeginOutcome Outcome, T? Item, int Attempt, string? LastError) where T : class;
