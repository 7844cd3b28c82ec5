namespace Chitti.Evaluation;

/// <summary>Ground truth, or a file of ratings, can't be used. The message has one line per fault: the file, where in it, and what is allowed.</summary>
public sealed class TruthException(string message) : Exception(message)
{
    /// <summary>For one fault.</summary>
    /// <param name="at">The file, and where in it.</param>
    /// <param name="fault">What is wrong, and what is allowed.</param>
    public TruthException(string at, string fault)
        : this($"{at}: {fault}")
    {
    }
}
