using Chitti.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>The text that is printed when the server is up.</summary>
internal static class Announcement
{
    private const string Sample = "samples/open.jpg";

    public static void Write(WebApplication app, TextWriter output)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        output.WriteLine($"""
            Chitti listens on {address} (API reference at {address}/docs, dashboard at {address}/dashboard)
            Data is in {app.Services.GetRequiredService<IOptions<DataOptions>>().Value.FullPath}
            """);
        if (File.Exists(Sample))
        {
            output.WriteLine(Example(Path.GetFullPath(Sample), address));
        }
    }

    internal static string Example(string image, string address) => $"Try: curl --data-binary \"@{image}\" {address}/api/detect";
}
