namespace Chitti.Gateway.Tests;

/// <summary>A temporary folder, removed after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chitti-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
