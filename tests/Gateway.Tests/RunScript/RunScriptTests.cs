using System.Runtime.Versioning;

namespace Chitti.Gateway.Tests;

/// <summary>What <c>run.sh</c> does before the program starts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RunScriptTests : IDisposable
{
    private const string Program = "artifacts/bin/Standalone/release/chitti.dll";
    private const string Install = "install -y --no-install-recommends fonts-dejavu-core";
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("system/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")]
    [InlineData("system/usr/local/share/fonts/NotoSans-Regular.ttf")]
    [InlineData("home/.local/share/fonts/LiberationSans-Regular.ttf")]
    [InlineData("home/.fonts/Arial.ttf")]
    public async Task Start_WithAFont_InstallsNothing(string font)
    {
        _checkout.Add(font);

        var (exitCode, output, _) = await _checkout.RunAsync();

        Assert.Equal((0, Checkout.ProgramOutput), (exitCode, output));
        Assert.Empty(_checkout.AptGetCalls);
    }

    [Fact]
    public async Task Start_FontPathIsSet_InstallsNothing()
    {
        await _checkout.RunAsync(("Chitti__FontPath", "/fonts/plain.ttf"));

        Assert.Empty(_checkout.AptGetCalls);
    }

    [Fact]
    public async Task Start_NoFont_InstallsOneAndSaysSo()
    {
        _checkout.Add("system/usr/share/fonts/truetype/other/Other.ttf");

        var (exitCode, output, error) = await _checkout.RunAsync();

        Assert.Equal((0, Checkout.ProgramOutput), (exitCode, output));
        Assert.Equal([Install], _checkout.AptGetCalls);
        Assert.StartsWith("No font for reports was found: installing fonts-dejavu-core…\nBuilding", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoFontAndNoneCanBeInstalled_SaysWhatToDoAndStartsAnyway()
    {
        _checkout.Add("apt-get-fails");

        var (exitCode, output, error) = await _checkout.RunAsync();

        Assert.Equal((0, Checkout.ProgramOutput), (exitCode, output));
        Assert.Equal([Install, "update"], _checkout.AptGetCalls);
        Assert.Contains("install fonts-dejavu-core, or set Chitti__FontPath", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingBuiltYet_SaysThatItBuildsAndHowLong()
    {
        var error = await ErrorWithAFontAsync();

        Assert.Equal("Building Chitti (the first time takes a minute)…\n", error);
    }

    [Fact]
    public async Task Start_BuiltBefore_SaysThatItBuilds()
    {
        _checkout.Add(Program);

        var error = await ErrorWithAFontAsync();

        Assert.Equal("Building Chitti…\n", error);
    }

    [Fact]
    public async Task Start_BuildFails_ShowsItsOutputAndStartsNothing()
    {
        _checkout.Add("build-fails");
        _checkout.Add("home/.fonts/DejaVuSans.ttf");

        var (exitCode, output, error) = await _checkout.RunAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.EndsWith("…\noutput of the build\nrun.sh: the build failed\n", error, StringComparison.Ordinal);
    }

    /// <summary>Runs the script with a font installed; asserts that standard output is only the program's, and returns standard error.</summary>
    private async Task<string> ErrorWithAFontAsync()
    {
        _checkout.Add("home/.fonts/DejaVuSans.ttf");
        var (exitCode, output, error) = await _checkout.RunAsync();
        Assert.Equal((0, Checkout.ProgramOutput), (exitCode, output));
        return error;
    }
}
