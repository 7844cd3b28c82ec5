using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Chitti.ServiceDefaults;

/// <summary>Messages for faults of settings.</summary>
internal static class SettingFault
{
    /// <summary>A value that can't be converted to the property's type.</summary>
    public static string Unreadable(string setting, PropertyInfo property, string value)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        return $"{Subject(setting, property, value)}: must be {Expected(property.PropertyType)}{(range is null ? "" : $" from {range.Minimum} to {range.Maximum}")}.";
    }

    /// <summary>A value that was converted but is not valid.</summary>
    public static string Invalid(string setting, PropertyInfo property, object? value, string? message) =>
        value is null ? $"{setting} is missing." : $"{Subject(setting, property, value)}: {message}";

    /// <summary>A key that no options class has.</summary>
    public static string Unknown(string setting, IEnumerable<string> known) => NearestName.Find(setting, known) is { } nearest
        ? $"{setting} is not a setting; did you mean {nearest}?"
        : $"{setting} is not a setting; docs/settings.md lists them.";

    // Secrets must not get into the log.
    private static string Subject(string setting, PropertyInfo property, object value) =>
        property.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.Password ? setting : $"{setting} is '{value}'";

    private static string Expected(Type type)
    {
        var given = Nullable.GetUnderlyingType(type) ?? type;
        return given switch
        {
            { IsEnum: true } => $"one{(given.IsDefined(typeof(FlagsAttribute), false) ? " or more" : "")} of {string.Join(", ", Enum.GetNames(given))}",
            _ when given == typeof(bool) => "true or false",
            _ when given == typeof(int) || given == typeof(long) => "a whole number",
            _ when given == typeof(TimeSpan) => "a time such as 00:00:05",
            _ => $"a {given.Name}",
        };
    }
}
