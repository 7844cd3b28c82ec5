using System.ComponentModel.DataAnnotations;
using Chitti.Gateway;
using Chitti.Grains;
using Chitti.Inference;
using Chitti.Silo;
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
        Try("Chitti:DataPath", () => chitti.DataPath = Directory.CreateDirectory(chitti.DataPath).FullName);
        Try("Chitti:ModelsPath", () => models = ModelFolder.Load(chitti.ModelsPath, chitti.DefaultModel));
        return faults.Count == 0
            ? new(chitti, limits, work, detector, models!)
            : throw new OptionsValidationException("Chitti", typeof(Settings), faults);

        T Bind<T>(string section) where T : class, new()
        {
            var options = new T();
            Try(section, () => configuration.GetSection(section).Bind(options));
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
            catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException or ModelRefusedException)
            {
                faults.Add($"{setting}: {exception.Message}");
            }
        }
    }
}
