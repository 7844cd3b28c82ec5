using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Chitti.ServiceDefaults;

/// <summary>A configuration section and an options class bound to it. Several classes may share a section.</summary>
/// <param name="Path">For example <c>Chitti:Limits</c>.</param>
/// <param name="Options">The options class. Each settable property is a setting.</param>
public sealed record SettingsSection(string Path, Type Options)
{
    /// <summary>Full names of the settings, for example <c>Chitti:Limits:MaxSide</c>.</summary>
    public IEnumerable<string> Settings => Properties.Select(PathOf);

    internal IEnumerable<PropertyInfo> Properties => Options.GetProperties().Where(property => property.CanWrite);

    internal string PathOf(PropertyInfo property) => ConfigurationPath.Combine(Path, property.Name);
}
