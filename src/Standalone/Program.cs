using Chitti.Gateway;
using Chitti.ServiceDefaults;
using Chitti.Standalone;

return await CommandLine.RunAsync(args, () =>
{
    var builder = HostProgram.CreateBuilder(args, "http://localhost:8080");
    builder.AddStandalone();
    var app = builder.BuildValid();
    app.MapChittiGateway();
    return app;
});
