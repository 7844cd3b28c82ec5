using System.ComponentModel.DataAnnotations;
using Chitti.Inference;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Reads settings and gathers what is wrong with them, so that one message lists every fault.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];

    /// <summary>What the host reads by itself, but for the command line: <c>appsettings.json</c>, then the environment.</summary>
    public static IConfiguration OfTheProgram() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    /// <summary>The options of a section, as far as they can be read.</summary>
    public T Bind<T>(string section) where T : class, new()
    {
        var options = new T();
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
        {
            // One by one: binding a whole section stops at its first fault.
            var value = configuration.GetSection($"{section}:{property.Name}");
            if (value.Exists())
            {
                Try(value.Path, () => property.SetValue(options, value.Get(property.PropertyType)));
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var setting = string.Join(", ", result.MemberNames.Select(name => $"{section}:{name}"));
            var values = string.Join(", ", result.MemberNames.Select(name => typeof(T).GetProperty(name)!.GetValue(options)));
            _faults.Add($"{setting} is '{values}': {result.ErrorMessage}");
        }

        return options;
    }

    /// <summary>Does what a setting asks for; what can't be done is its fault.</summary>
    public void Try(string setting, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException or FormatException or ModelRefusedException)
        {
            _faults.Add($"{setting}: {exception.Message}");
        }
    }

    /// <exception cref="OptionsValidationException">Something was wrong; it lists every fault.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new OptionsValidationException("Chitti", typeof(Settings), _faults);
        }
    }
}
