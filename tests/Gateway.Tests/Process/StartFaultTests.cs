using System.Net;
using System.Net.Sockets;
using Chitti.Standalone;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Faults in settings are reported in one message, by the name of the setting, and nothing is started.</summary>
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
            "Chitti:Work:Partitions", "Chitti:Detector:Sessions", "Chitti:ModelsPath", "Chitti:FontPath", "Chitti:AllowRemote",
            "Chitti:Limits:DecodeTimeout", "Chitti:Limts:MaxPixels",
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
                ["Chitti__AllowRemote"] = "perhaps",
                ["Chitti__Limits__DecodeTimeout"] = "01:00:00",
                ["Chitti__Limts__MaxPixels"] = "1",
                ["Chitti__FontPath"] = Path.Combine(_folder.Path, "no-font.ttf"),
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
    public async Task Start_UnknownSettings_SuggestsTheNearest()
    {
        var options = Options with
        {
            Arguments = ["--Chitti:Detector:Session=2"],
            Environment = new Dictionary<string, string>
            {
                ["Chitti__Limts__MaxPixels"] = "1",
                ["Chitti__MAXSIDE"] = "1",
                ["Chitti__Colour"] = "red",
            },
        };

        var (exitCode, output) = await ServerProcess.RunToEndAsync(options);

        Assert.Equal(CouldNotRun, exitCode);
        string[] faults =
        [
            "Chitti:Limts:MaxPixels is not a setting; did you mean Chitti:Limits:MaxPixels?",
            "Chitti:MAXSIDE is not a setting; did you mean Chitti:Limits:MaxSide?",
            "Chitti:Detector:Session is not a setting; did you mean Chitti:Detector:Sessions?",
            "Chitti:Colour is not a setting; docs/settings.md lists them.",
        ];
        Assert.All(faults, fault => Assert.Contains($"  - {fault}", Lines(output)));
        Assert.Equal(faults.Length + 1, Lines(output).Length);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://localhost:0;http://boards.example:0")]
    public async Task Start_RemoteAddress_NamesTheSettingThatAllowsIt(string urls) =>
        await AssertRefusedAsync(Options with { Url = urls }, "can be reached from other machines, but Chitti has no authentication yet. If this is intended, set Chitti:AllowRemote=true");

    [Fact]
    public async Task Start_RemoteEndpoint_NamesTheSettingThatAllowsIt() => await AssertRefusedAsync(
        With("Kestrel__Endpoints__Http__Url", "http://0.0.0.0:0"), "Kestrel:Endpoints:Http:Url: http://0.0.0.0:0 can be reached from other machines");

    [Fact]
    public async Task Start_OneRoleOnly_IsRefused() =>
        await AssertRefusedAsync(With("Chitti__Roles", "core"), "Chitti:Roles is 'Core': a single process must have all roles.");

    [Fact]
    public async Task Start_RemoteAllowed_Listens()
    {
        await using var server = await ServerProcess.StartAsync(
            Options with { Url = "http://0.0.0.0:0", Environment = new Dictionary<string, string> { ["Chitti__AllowRemote"] = "true", ["AllowedHosts"] = "*" } });

        using var response = await server.Http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Start_DataFolderInUse_SaysSoAndDoesNotDisturbTheOther()
    {
        await using var first = await ServerProcess.StartAsync(Options);

        await AssertRefusedAsync(Options, "Chitti:DataPath: another process uses");

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
        var model = ShippedModel.CopyTo(Path.Combine(_folder.Path, "models"));
        File.WriteAllBytes(Path.Combine(model, "pcb-defects.onnx"), new byte[1_000]);

        await AssertRefusedAsync(With("Chitti__ModelsPath", Path.GetDirectoryName(model)!), "Chitti:ModelsPath: ");
    }

    [Fact]
    public async Task Start_ShippedProfileOfOtherClasses_NamesThem()
    {
        var model = ShippedModel.CopyTo(Path.Combine(_folder.Path, "models"));
        ShippedModel.Replace(model, "profile.json", "\"class\": \"open\"", "\"class\": \"rust\"");

        await AssertRefusedAsync(
            With("Chitti__ModelsPath", Path.GetDirectoryName(model)!), "profile.json can't be used: criteria[0].class is 'rust'");
    }

    [Fact]
    public async Task Start_UnknownDefaultProfile_NamesTheKnownOnes() => await AssertRefusedAsync(
        With("Chitti__DefaultProfile", "no-such"), "Chitti:DefaultProfile: there is no profile 'no-such'; existing profiles: pcb-defects.");

    [Fact]
    public async Task Start_MisspeltVerb_SaysSoAndStartsNothing()
    {
        var (exitCode, output, error) = await ChittiProgram.RunAsync(AppContext.BaseDirectory, "inspct", "board.jpg", $"--Chitti:DataPath={_folder.Path}");

        Assert.True(exitCode == CouldNotRun, output + error);
        Assert.Equal("Unknown command 'inspct'. The commands are inspect, evaluate, model, recover, verify; without a command the server starts.", error.TrimEnd());
        Assert.False(File.Exists(_folder.Database));
    }

    [Fact]
    public void Announcement_PathWithASpace_IsOneArgument() => Assert.Equal(
        "Try: curl --data-binary \"@/home/a b/samples/open.jpg\" http://localhost:8080/api/detect",
        Announcement.Example("/home/a b/samples/open.jpg", "http://localhost:8080"));

    [Fact]
    public async Task Start_DatabaseFileIsNotADatabase_SaysSo()
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

    [Theory]
    [InlineData("objects")]
    [InlineData("staging")]
    public async Task Start_FolderOfItsOwnIsAFile_SaysSo(string name)
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(Path.Combine(_folder.Path, name), "");

        await AssertRefusedAsync(Options, $"Chitti:DataPath: {Path.Combine(_folder.Path, name)} is a file where a folder is needed.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_VolumeIsReadOnly_SaysSo(bool isUsed)
    {
        using var disk = SmallFileSystem.Mount(megabytes: 32);
        if (disk is null)
        {
            return;
        }

        var options = new ServerOptions(Path.Combine(disk.Path, "data"))
        {
            Environment = new Dictionary<string, string> { ["Chitti__ReserveBytes"] = "0" },
        };
        Directory.CreateDirectory(options.DataPath);
        if (isUsed)
        {
            await using var server = await ServerProcess.StartAsync(options);
            await server.StopAsync();
        }

        disk.MakeReadOnly();

        await AssertRefusedAsync(options, $"  - Chitti:DataPath: {options.DataPath} can't be used: Read-only file system");
    }

    [Theory]
    [InlineData("{ \"name\": ", "profile.json' can't be used: ")]
    [InlineData("{ \"colour\": 1 }", "profile.json' can't be used: colour ")]
    [InlineData("null", "profile.json' contains null")]
    public async Task Start_InvalidShippedProfile_SaysWhichAndWhy(string profile, string why)
    {
        var model = ShippedModel.CopyTo(Path.Combine(_folder.Path, "models"));
        File.WriteAllText(Path.Combine(model, "profile.json"), profile);

        await AssertRefusedAsync(With("Chitti__ModelsPath", Path.GetDirectoryName(model)!), why, "  - Chitti:ModelsPath: ");
    }

    [Fact]
    public async Task Start_OneBitOfTheModelFlipped_SaysSo()
    {
        var model = ShippedModel.CopyTo(Path.Combine(_folder.Path, "models"));
        using (var file = File.OpenHandle(Path.Combine(model, "pcb-defects.onnx"), FileMode.Open, FileAccess.ReadWrite))
        {
            // One of the weights: the model would load, and find other defects.
            var (middle, weight) = (RandomAccess.GetLength(file) / 2, new byte[1]);
            RandomAccess.Read(file, weight, middle);
            RandomAccess.Write(file, [(byte)(weight[0] ^ 1)], middle);
        }

        await AssertRefusedAsync(With("Chitti__ModelsPath", Path.GetDirectoryName(model)!), "pcb-defects.onnx is not the file that", "Chitti:ModelsPath: ");
    }

    [Fact]
    public async Task Start_DamagedDatabase_SaysSo()
    {
        await using (var server = await ServerProcess.StartAsync(Options))
        {
            await server.StopAsync();
        }

        var page = (int)_folder.Scalar("SELECT rootpage FROM sqlite_master WHERE name = 'files'");
        using (var file = File.OpenHandle(_folder.Database, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.Write(file, new byte[4096], (page - 1) * 4096L);
        }

        await AssertRefusedAsync(Options, $"{_folder.Database} is damaged (", "Chitti:DataPath: ");
    }

    [Fact]
    public async Task Start_DatabaseIsAFolder_SaysSo()
    {
        Directory.CreateDirectory(_folder.Database);

        await AssertRefusedAsync(Options, $"Chitti:DataPath: the database {_folder.Database} can't be used: ");
    }

    /// <summary>Any outage during the start, here of the database: an index has another value than its row.</summary>
    [Fact]
    public async Task Start_DatabaseFailsAfterItWasChecked_SaysSo()
    {
        await using (var server = await ServerProcess.StartAsync(Options))
        {
            await server.StopAsync();
        }

        const string columns = "(claimed_at)", none = $"{columns} WHERE claimed_at < 0";
        _folder.Execute("INSERT INTO idempotency_keys (scope, key, claimed_at) VALUES ('s', 'k', 1)");
        ReplaceInIndex(columns, none);
        _folder.Execute("UPDATE idempotency_keys SET claimed_at = 2");
        ReplaceInIndex(none, columns);

        await AssertRefusedAsync(Options, "  - The database is unavailable: SQLite Error 11: ");

        void ReplaceInIndex(string before, string after)
        {
            var version = _folder.Scalar("PRAGMA schema_version");
            _folder.Execute($"""
                PRAGMA writable_schema = ON;
                UPDATE sqlite_master SET sql = replace(sql, '{before}', '{after}') WHERE name = 'idempotency_keys_claimed';
                PRAGMA schema_version = {version + 1};
                """);
        }
    }

    [Theory]
    [InlineData("chitti-gateway", "The database is unavailable: ")]
    [InlineData("chitti-silo", "ConnectionStrings:PostgresDirect: ")]
    public async Task Start_ClusterDatabaseIsUnreachable_SaysSo(string program, string why)
    {
        var environment = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = "Host=127.0.0.1;Port=9;Username=x;Password=y;Database=z" };
        if (program == "chitti-silo")
        {
            environment["Chitti__RabbitMq__Uri"] = "amqp://127.0.0.1:9/";
        }

        var (exitCode, output) = await ServerProcess.RunToEndAsync(Options with { Program = program, Environment = environment });

        Assert.True(exitCode == CouldNotRun, $"Exit code {exitCode}:\n{output}");
        Assert.Equal([$"{program} can't start:", $"  - {why}Failed to connect to 127.0.0.1:9"], Lines(output));
    }

    private ServerOptions With(string name, string value) => Options with { Environment = new Dictionary<string, string> { [name] = value } };

    /// <summary>Asserts one fault in two lines: what can't be done, and why.</summary>
    private static async Task AssertRefusedAsync(ServerOptions options, params string[] why)
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(options);

        Assert.True(exitCode == CouldNotRun, $"Exit code {exitCode}:\n{output}");
        Assert.Contains("chitti can't start:", output, StringComparison.Ordinal);
        Assert.All(why, words => Assert.Contains(words, output, StringComparison.Ordinal));
        Assert.True(Lines(output[output.IndexOf("chitti can't start:", StringComparison.Ordinal)..]).Length == 2, output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
