using Chitti.ServiceDefaults;
using Chitti.Silo;

return ClusterCommands.Asks(args)
    ? await ClusterCommands.RunAsync(args, Console.Out, CancellationToken.None)
    : await HostProgram.RunAsync("chitti-silo", () =>
    {
        var builder = HostProgram.CreateBuilder(args, "http://localhost:8081");
        builder.AddChittiSilo();
        builder.AddChittiCluster();
        var app = builder.BuildValid();
        app.UpgradePostgres();
        app.MapChittiSilo();
        return app;
    });
