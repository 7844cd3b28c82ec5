namespace Chitti.Storage;

/// <summary>What came of asking for a lease.</summary>
/// <typeparam name="T">What is worked on.</typeparam>
/// <param name="Outcome">Whether the caller has the lease.</param>
/// <param name="Item">The item as it stands: always with <see cref="BeginOutcome.Leased"/>; null when it is gone.</param>
/// <param name="Attempt">Number of this attempt, from 1, outages not counted; 0 without a lease.</param>
/// <param name="LastError">Why the attempt before failed; null at the first, or when its process died.</param>
public sealed record Begun<T>(BeginOutcome Outcome, T? Item, int Attempt, string? LastError) where T : class;
