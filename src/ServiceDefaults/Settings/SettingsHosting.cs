using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chitti.ServiceDefaults;

/// <summary>Binds options classes to the configuration and reports all their faults at start.</summary>
public static class SettingsHosting
{
    /// <summary>
    /// Binds an options class to a section, validates its annotations, and registers its properties as known settings; any other
    /// key under <c>Chitti</c> is a fault. A second call for the same class has no effect.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">For example <c>Chitti:Limits</c>.</param>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class
    {
        var options = services.AddOptions<T>();
        if (services.Any(service => service.ImplementationInstance is SettingsSection known && known.Options == typeof(T)))
        {
            return options;
        }

        services.TryAddSingleton<KnownSettings>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AllSettings>, KnownKeys>());
        services.AddOptions<AllSettings>().ValidateOnStart();

        var settings = new SettingsSection(section, typeof(T));
        services.AddSingleton(settings);
        services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(settings));
        return options
            .Configure<KnownSettings>((bound, known) => known.Readable.GetSection(section).Bind(bound))
            .ValidateOnStart();
    }

    /// <summary>Adds a rule that annotations can't express, for example that a folder can be created or a model loaded.</summary>
    public static void AddSettingsRule<T, TRule>(this IServiceCollection services)
        where T : class
        where TRule : class, IValidateOptions<T> =>
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TRule>());

    /// <summary>Adds a rule that needs no service.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="findFault">Returns the fault, beginning with the name of the setting, or null.</param>
    public static void AddSettingsRule<T>(this IServiceCollection services, Func<T, string?> findFault)
        where T : class =>
        services.AddSingleton<IValidateOptions<T>>(new Rule<T>(findFault));

    /// <summary>Validates all settings, as the host does when it starts.</summary>
    /// <exception cref="OptionsValidationException">One options class has faults.</exception>
    /// <exception cref="AggregateException">Several options classes have faults.</exception>
    public static void ValidateSettings(this IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Options for the configuration as a whole, so that it is validated at start with the others.</summary>
    private sealed class AllSettings;

    private sealed class KnownKeys(KnownSettings known) : IValidateOptions<AllSettings>
    {
        public ValidateOptionsResult Validate(string? name, AllSettings options) => Result(known.Faults);
    }

    private sealed class Annotations<T>(SettingsSection section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
            return Result(
            [
                .. from result in results
                   from property in section.Properties
                   where result.MemberNames.Contains(property.Name)
                   select SettingFault.Invalid(section.PathOf(property), property, property.GetValue(options), result.ErrorMessage),
            ]);
        }
    }

    private sealed class Rule<T>(Func<T, string?> findFault) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) => Result(findFault(options) is { } fault ? [fault] : []);
    }

    private static ValidateOptionsResult Result(IReadOnlyCollection<string> faults) =>
        faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
}
