using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>How reports write numbers and times: UTC, ISO 8601, point as the decimal separator.</summary>
internal static class ReportText
{
    public const string NotStated = "not stated";

    public static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Number(double value, string format = "0.##") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    public static string Percent(double fraction) => (fraction * 100).ToString("0.0#", CultureInfo.InvariantCulture) + " %";

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes");

    public static string SeverityOf(Severity? severity) => severity is { } given ? ApiJson.Word(given) : "not judged";

    public static string Pixels(int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{width} × {height} px");
}
