using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Collects the faults of a request by field, so that one response names all of them.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    internal void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
        {
            _errors[field] = messages = [];
        }

        messages.Add(message);
    }

    internal void Check(bool valid, string field, string message)
    {
        if (!valid)
        {
            Add(field, message);
        }
    }

    /// <summary>Checks a name that the caller chose, such as a part or batch id.</summary>
    internal void CheckLabel(string field, string? value) => Check(
        value is null || (value.Length is >= 1 and <= 200 && !value.Any(char.IsControl) && !string.IsNullOrWhiteSpace(value)),
        field, "must be 1 to 200 printable characters");

    internal void CheckWord(string field, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            Add(field, $"'{Shorten(value)}' is not one of {string.Join(", ", allowed)}");
        }
    }

    /// <summary>Checks the data annotations of an object's own properties.</summary>
    internal void CheckAnnotations(object value)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            foreach (var member in result.MemberNames)
            {
                Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(member), result.ErrorMessage!);
            }
        }
    }

    /// <summary>Checks the size of a page and the cursor before it.</summary>
    internal (int Limit, Guid? Before) CheckPage(int? limit, string? cursor)
    {
        Check(limit is null or (>= 1 and <= Page<object>.MaxLimit), "limit", $"must be 1 to {Page<object>.MaxLimit}");
        Check(Cursor.TryRead(cursor, out Guid? before), "cursor", Cursor.Rule);
        return (limit ?? Page<object>.DefaultLimit, before);
    }

    /// <summary>Reads a time; null where there is none.</summary>
    internal DateTimeOffset? CheckTime(string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return time;
        }

        Add(field, "must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z");
        return null;
    }

    internal void CheckFraction(string field, float? value) =>
        Check(value is null or (>= 0 and <= 1), field, "must be a number from 0 to 1");

    /// <summary>A validation problem; null when there is no fault.</summary>
    internal ProblemHttpResult? ToProblem() =>
        _errors.Count == 0 ? null : Problems.Invalid(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));

    internal static string Shorten(string value) => value.Length <= 100 ? value : value[..100] + "…";
}
