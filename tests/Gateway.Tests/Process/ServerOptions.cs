namespace Chitti.Gateway.Tests;

/// <summary>How a <see cref="ServerProcess"/> is started.</summary>
internal sealed record ServerOptions(string DataPath)
{
    /// <summary>Name of a program, which is beside the tests because their project references it: <c>chitti</c> by default.</summary>
    public string Program { get; init; } = "chitti";

    /// <summary>Any free port by default. The programs of a cluster, which don't print their address, need a given one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>For example <c>Chitti__ReserveBytes</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether to wait until the server is ready. False for a server that can't be, for example on a full disk.</summary>
    public bool WhenReady { get; init; } = true;

    /// <summary>A command that runs the rest of the line in its own process, for example <c>strace</c>.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];
}
