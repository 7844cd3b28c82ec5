using System.Net;
using System.Net.Sockets;

namespace Chitti.Gateway.Tests;

/// <summary>What a person can mend is told in one message, by the name of the setting, and nothing is started.</summary>
public sealed class StartFaultTests : IDisposable
{
    private const int CouldNotRun = 2;
    private readonly DataFolder _folder = new();

    private ServerOptions Options => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_SeveralWrongSettings_ListsEachByName()
    {
        string[] settings =
        [
            "Urls", "Chitti:ReserveBytes", "Chitti:DefaultProfile", "Chitti:Limits:MaxSide", "Chitti:Limits:MaxUploadParts",
            "Chitti:Work:Partitions", "Chitti:Detector:Sessions", "Chitti:ModelsPath",
        ];
        var options = Options with
        {
            Url = "http://127.0.0.1:99999",
            Environment = new Dictionary<string, string>
            {
                ["Chitti__ReserveBytes"] = "-1",
                ["Chitti__DefaultProfile"] = "No Id",
                ["Chitti__Limits__MaxSide"] = "wide",
                ["Chitti__Limits__MaxUploadParts"] = "many",
                ["Chitti__Work__Partitions"] = "0",
                ["Chitti__Detector__Sessions"] = "0",
                ["Chitti__ModelsPath"] = Path.Combine(_folder.Path, "no-models"),
            },
        };

        var (exitCode, output) = await ServerProcess.RunToEndAsync(options);

        Assert.Equal(CouldNotRun, exitCode);
        Assert.All(settings, setting => Assert.Contains($"  - {setting}", output, StringComparison.Ordinal));
        Assert.Equal(settings.Length + 1, Lines(output).Length);
        Assert.False(File.Exists(_folder.Database));
    }

    [Fact]
    public async Task Start_DataFolderInUse_SaysSoAndLeavesTheOtherAlone()
    {
        await using var first = await ServerProcess.StartAsync(Options);

        await AssertRefusedAsync(Options, "Chitti:DataPath: another process works on");

        using var response = await first.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Start_PortInUse_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await AssertRefusedAsync(Options with { Url = $"http://{listener.LocalEndpoint}" }, $"Urls: can't listen on http://{listener.LocalEndpoint}: Address already in use");
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_SaysSo() =>
        await AssertRefusedAsync(Options with { Url = "http://192.0.2.1:0" }, "Urls: can't listen on http://192.0.2.1:0");

    [Fact]
    public async Task Start_DamagedModel_NamesItsSetting()
    {
        var models = Path.Combine(_folder.Path, "models");
        var model = Directory.CreateDirectory(Path.Combine(models, "pcb-defects")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models", "pcb-defects")))
        {
            File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(model, "pcb-defects.onnx"), new byte[1_000]);

        await AssertRefusedAsync(With("Chitti__ModelsPath", models), "Chitti:ModelsPath: ");
    }

    [Fact]
    public async Task Start_DatabaseIsNone_SaysSo()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.Database, new string('x', 10_000));

        await AssertRefusedAsync(Options, "Chitti:DataPath: the database");
    }

    [Fact]
    public async Task Start_DataPathIsAFile_SaysSo()
    {
        File.WriteAllText(_folder.Path, "");
        try
        {
            await AssertRefusedAsync(Options, "Chitti:DataPath: ");
        }
        finally
        {
            File.Delete(_folder.Path);
        }
    }

    private ServerOptions With(string name, string value) => Options with { Environment = new Dictionary<string, string> { [name] = value } };

    /// <summary>One fault, in two lines: what can't be done, and why.</summary>
    private static async Task AssertRefusedAsync(ServerOptions options, string why)
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(options);

        Assert.True(exitCode == CouldNotRun, $"Exit code {exitCode}:\n{output}");
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.Contains("chitti can't start:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
