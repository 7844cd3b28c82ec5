using System.ComponentModel.DataAnnotations;
using Chitti.Gateway;
using Chitti.Grains;
using Chitti.Inference;
using Chitti.Silo;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Everything the host is told, checked as a whole before anything is started.</summary>
internal sealed record Settings(ChittiOptions Chitti, LimitOptions Limits, WorkOptions Work, DetectorOptions Detector, ModelShelf Models)
{
    /// <exception cref="OptionsValidationException">Something is wrong; it lists every fault.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var chitti = Bind<ChittiOptions>("Chitti");
        _ = Bind<GatewayOptions>("Chitti");
        var limits = Bind<LimitOptions>("Chitti:Limits");
        var work = Bind<WorkOptions>("Chitti:Work");
        var detector = Bind<DetectorOptions>("Chitti:Detector");
        ModelShelf? models = null;
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Try("Urls", () => ListenAddress.Check(url));
        }

        // The name of the data folder must survive a power cut as what is in it does.
        Try("Chitti:DataPath", () => DirectorySync.Create(chitti.DataPath = Path.GetFullPath(chitti.DataPath)));
        Try("Chitti:ModelsPath", () => models = ModelFolder.Load(chitti.ModelsPath, chitti.DefaultModel));
        return faults.Count == 0
            ? new(chitti, limits, work, detector, models!)
            : throw new OptionsValidationException("Chitti", typeof(Settings), faults);

        T Bind<T>(string section) where T : class, new()
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
                faults.Add($"{setting} is '{values}': {result.ErrorMessage}");
            }

            return options;
        }

        void Try(string setting, Action action)
        {
            try
            {
                action();
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException or FormatException or ModelRefusedException)
            {
                faults.Add($"{setting}: {exception.Message}");
            }
        }
    }
}
