using Microsoft.Extensions.Configuration;

namespace Chitti.ServiceDefaults;

/// <summary>
/// Compares the configuration with the options classes bound to it, and finds unknown keys and values that can't be converted.
/// The binder itself would stop at the first of these.
/// </summary>
internal sealed class KnownSettings
{
    private const string Root = "Chitti";
    private readonly List<string> _faults = [];

    public KnownSettings(IConfiguration configuration, IEnumerable<SettingsSection> sections)
    {
        var values = new Dictionary<string, string?>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in sections)
        {
            foreach (var property in section.Properties)
            {
                var path = section.PathOf(property);
                known.Add(path);
                if (configuration[path] is not { } value)
                {
                    continue;
                }

                if (CanConvert(configuration, path, property.PropertyType))
                {
                    values[path] = value;
                }
                else
                {
                    _faults.Add(SettingFault.Unreadable(path, property, value));
                }
            }
        }

        _faults.AddRange(configuration.GetSection(Root).AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) && !known.Contains(setting.Key))
            .Select(setting => SettingFault.Unknown(setting.Key, known)));
        Readable = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    /// <summary>Unknown keys and values that can't be converted.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The settings that can be bound. The others keep their defaults, so that the rest can be validated.</summary>
    public IConfiguration Readable { get; }

    private static bool CanConvert(IConfiguration configuration, string path, Type type)
    {
        try
        {
            _ = configuration.GetValue(type, path);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
