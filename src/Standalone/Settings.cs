using Chitti.Detection;
using Chitti.Gateway;
using Chitti.Grains;
using Chitti.Imaging;
using Chitti.Silo;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Everything the host is told, checked as a whole before anything is started.</summary>
internal sealed record Settings(
    ChittiOptions Chitti, GatewayOptions Gateway, LimitOptions Limits, WorkOptions Work, DetectorOptions Detector, ModelShelf Models)
{
    /// <exception cref="OptionsValidationException">Something is wrong; it lists every fault.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var chitti = reader.Bind<ChittiOptions>("Chitti");
        var gateway = reader.Bind<GatewayOptions>("Chitti");
        var limits = reader.Bind<LimitOptions>("Chitti:Limits");
        var work = reader.Bind<WorkOptions>("Chitti:Work");
        var detector = reader.Bind<DetectorOptions>("Chitti:Detector");
        ModelShelf? models = null;
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            reader.Try("Urls", () => ListenAddress.Check(url));
        }

        // The name of the data folder must survive a power cut as what is in it does.
        reader.Try("Chitti:DataPath", () => DirectorySync.Create(chitti.DataPath = Path.GetFullPath(chitti.DataPath)));
        reader.Try("Chitti:ModelsPath", () => models = ModelFolder.Load(chitti.ModelsPath, chitti.DefaultModel));

        // A system without fonts can do all but draw; a path that was set is meant.
        if (chitti.FontPath is { } path)
        {
            reader.Try("Chitti:FontPath", () => FontFaces.Load(path).Dispose());
        }

        reader.ThrowIfFaulty();
        return new(chitti, gateway, limits, work, detector, models!);
    }
}
