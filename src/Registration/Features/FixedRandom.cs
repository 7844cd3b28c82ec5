namespace Chitti.Registration;

/// <summary>The same numbers on every run and every version of .NET (xorshift32; Marsaglia, 2003).</summary>
internal struct FixedRandom(uint seed)
{
    private uint _state = seed;

    /// <summary>0 to below 1.</summary>
    public double NextDouble()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state / 4294967296.0;
    }

    /// <summary>0 to below <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(NextDouble() * limit);
}
