using Chitti.Gateway;
using Chitti.Silo;

namespace Chitti.Standalone;

/// <summary>Silo and gateway in one host, bound to loopback unless told otherwise.</summary>
internal static class StandaloneHost
{
    /// <param name="args">Configuration, for example <c>--urls</c> and <c>--Chitti:DataPath</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = Settings.Read(builder.Configuration);
        builder.AddGateway(settings.Gateway, settings.Limits);
        builder.AddSilo(settings.Chitti, settings.Work, settings.Detector, settings.Models, settings.Limits.Image);
        builder.Services.AddHostedService<DefaultProfileCheck>();
        var app = builder.Build();
        app.MapGateway();
        return app;
    }
}
