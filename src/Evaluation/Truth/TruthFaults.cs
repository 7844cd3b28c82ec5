namespace Chitti.Evaluation;

/// <summary>Collects the faults of ground truth, so that a person sees all of them at once.</summary>
internal sealed class TruthFaults
{
    private const int MaxShown = 20;
    private readonly List<string> _faults = [];

    public void Add(string at, string fault) => _faults.Add($"{at}: {fault}");

    public void Add(string at, FormattableString fault) => Add(at, FormattableString.Invariant(fault));

    /// <exception cref="TruthException">There are faults.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            IEnumerable<string> more = _faults.Count > MaxShown ? [$"and {_faults.Count - MaxShown} more faults"] : [];
            throw new TruthException(string.Join(Environment.NewLine, _faults.Take(MaxShown).Concat(more)));
        }
    }
}
