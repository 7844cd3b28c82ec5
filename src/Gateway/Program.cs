using Chitti.Gateway;
using Chitti.ServiceDefaults;

return await HostProgram.RunAsync("chitti-gateway", () =>
{
    var builder = HostProgram.CreateBuilder(args, "http://localhost:8080");
    builder.AddChittiGateway();
    builder.AddChittiClient();
    var app = builder.BuildValid();
    app.MapChittiGateway();
    return app;
});
