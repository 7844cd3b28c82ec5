using System.Globalization;
using CsvHelper;

namespace Chitti.Evaluation;

/// <summary>Reads the rows of a file of ratings, and reports every fault with its line.</summary>
internal sealed class AgreementFile
{
    private static readonly string[] _columns = ["part", "rater", "trial", "rating", "reference"];
    private static readonly CsvReaderOptions _options = CsvReaderOptions.Default with
    {
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        AllowLineBreaksInQuotes = false,
        NormalizeHeaderName = name => name.Trim().ToLowerInvariant(),
    };

    private readonly List<AgreementRating> _ratings = [];
    private readonly List<AgreementFault> _faults = [];

    public static (List<AgreementRating> Ratings, List<AgreementFault> Faults) Read(Stream stream)
    {
        var file = new AgreementFile();
        try
        {
            file.ReadRows(stream);
        }
        catch (CsvFormatException exception)
        {
            file._faults.Add(new(exception.LineNumber > 0 ? exception.LineNumber : null, null, null, $"is not CSV: {exception.Message}"));
        }

        return (file._ratings, file._faults);
    }

    private void ReadRows(Stream stream)
    {
        using var csv = CsvReader.Create(stream, _options, true);
        csv.ReadHeader();
        var names = csv.Headers.Select(_options.NormalizeHeaderName!).ToList();
        if (!CheckHeader(names))
        {
            return;
        }

        var at = _columns.Select(column => names.IndexOf(column)).ToArray();
        while (csv.Read())
        {
            if (csv.FieldCount != names.Count)
            {
                _faults.Add(new(csv.LineNumber, null, null, $"has {csv.FieldCount} fields; the header has {names.Count}"));
                continue;
            }

            ReadRow(csv.LineNumber, [.. at.Select(column => csv.GetString(column).Trim())]);
        }
    }

    private bool CheckHeader(List<string> names)
    {
        foreach (var column in _columns)
        {
            var count = names.Count(name => name == column);
            if (count != 1)
            {
                _faults.Add(new(1, column, null,
                    $"{(count == 0 ? "is missing" : "is there more than once")}; the columns are {string.Join(", ", _columns)}, in any order"));
            }
        }

        return _faults.Count == 0;
    }

    private void ReadRow(long line, string[] fields)
    {
        var before = _faults.Count;
        for (var i = 0; i < 2; i++)
        {
            if (fields[i].Length == 0)
            {
                _faults.Add(new(line, _columns[i], "", $"is empty; give the name of the {_columns[i]}"));
            }
        }

        if (!int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var trial) || trial < 1)
        {
            _faults.Add(new(line, "trial", fields[2], "is not a whole number of 1 or above"));
        }

        var rating = Word(line, "rating", fields[3], Rating.Pass, Rating.Fail, Rating.Review);
        var reference = Word(line, "reference", fields[4], Rating.Pass, Rating.Fail);
        if (_faults.Count == before)
        {
            _ratings.Add(new(fields[0], fields[1], trial, rating!.Value, reference!.Value, line));
        }
    }

    private Rating? Word(long line, string column, string value, params Rating[] allowed)
    {
        foreach (var rating in allowed)
        {
            if (string.Equals(value, rating.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return rating;
            }
        }

        _faults.Add(new(line, column, value, $"is not one of {string.Join(", ", allowed).ToLowerInvariant()}"));
        return null;
    }
}
