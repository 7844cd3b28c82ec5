namespace Chitti.Evaluation;

/// <summary>Inspectors' ratings of pictures, with which the model's verdicts are compared.</summary>
/// <param name="Path">As given.</param>
/// <param name="Ratings">A complete study of one inspector or more, in the order of the file.</param>
public sealed record RatingsFile(string Path, IReadOnlyList<AgreementRating> Ratings)
{
    /// <summary>The model's name among the raters.</summary>
    public const string Model = "model";

    /// <summary>Reads a file; see <see cref="AgreementAnalysis.Read(string)"/>.</summary>
    /// <exception cref="TruthException">It can't be used; the message names every fault.</exception>
    public static RatingsFile Read(string path)
    {
        var reading = ReadFile(path);
        var faults = new TruthFaults();
        foreach (var fault in reading.Faults)
        {
            faults.Add(
                $"'{path}'{(fault.Line is { } line ? $", line {line}" : "")}{(fault.Column is { } column ? $", {column}{(fault.Value is { } value ? $" '{value}'" : "")}" : "")}",
                fault.Message);
        }

        if (reading.Ratings.FirstOrDefault(row => string.Equals(row.Rater, Model, StringComparison.OrdinalIgnoreCase)) is { } model)
        {
            faults.Add($"'{path}', line {model.Line}, rater '{model.Rater}'", "is the name of the model's verdicts, which are made in this run; remove its lines, or give the rater another name");
        }

        faults.ThrowIfAny();
        return new(path, reading.Ratings);
    }

    private static AgreementReading ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return AgreementAnalysis.Read(stream, 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TruthException($"'{path}'", $"can't be read: {exception.Message}");
        }
    }
}
