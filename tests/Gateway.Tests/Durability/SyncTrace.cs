using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Chitti.Gateway.Tests;

/// <summary>The system calls of a server, as traced by <c>strace</c>, in the order of their starts.</summary>
internal sealed partial class SyncTrace
{
    private const string Calls = "trace=fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,write,writev,pwrite64,pwritev,sendto,sendmsg";

    private SyncTrace(List<SystemCall> all) => All = all;

    public List<SystemCall> All { get; }

    /// <summary>The command that traces the command after it. strace runs in the background, so the server keeps its own process id.</summary>
    public static string[] Command(string output) => ["strace", "-D", "-f", "-y", "-xx", "-s", "70000", "-e", Calls, "-o", output];

    /// <summary>Waits until the traced process has ended, and reads the trace.</summary>
    public static async Task<SyncTrace> ReadAsync(string path, int processId)
    {
        await Wait.UntilAsync(
            () => File.ReadLines(path).Any(line => Ended().Match(line) is { Success: true } end && end.Groups[1].Value == $"{processId}"),
            () => $"the trace of {processId} has come to its end");
        return Read(path);
    }

    /// <summary>Reads a trace as far as it is written.</summary>
    public static SyncTrace Read(string path)
    {
        var all = new List<SystemCall>();
        var open = new Dictionary<string, SystemCall>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (Resumed().Match(line) is { Success: true } resumed && open.Remove(resumed.Groups["thread"].Value, out var begun))
            {
                begun.Finish(number, resumed.Groups["rest"].Value);
            }
            else if (Begun().Match(line) is { Success: true } match)
            {
                var call = new SystemCall(match.Groups["name"].Value, number);
                all.Add(call);
                call.Finish(number, match.Groups["rest"].Value);
                if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    call.End = int.MaxValue;
                    open[match.Groups["thread"].Value] = call;
                }
            }
        }

        return new(all);
    }

    [GeneratedRegex(@"^(\d+) +\+\+\+ (?:exited|killed)")]
    private static partial Regex Ended();

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\((?<rest>.*)$")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. \w+ resumed>(?<rest>.*)$")]
    private static partial Regex Resumed();

    /// <summary>One call. Its bytes are decoded as Latin-1, so each byte is one character.</summary>
    internal sealed partial class SystemCall(string name, int start)
    {
        private readonly StringBuilder _text = new();

        public string Name => name;

        /// <summary>Line on which it started.</summary>
        public int Start => start;

        /// <summary>Line on which it ended.</summary>
        public int End { get; set; }

        public bool IsSync => name is "fsync" or "fdatasync";

        public bool IsWrite => name is "write" or "writev" or "pwrite64" or "pwritev";

        public bool IsSend => name is "sendto" or "sendmsg" or "write" or "writev";

        public bool IsMove => name.StartsWith("rename", StringComparison.Ordinal);

        public bool IsRemoval => name.StartsWith("unlink", StringComparison.Ordinal);

        public bool IsNewFolder => name.StartsWith("mkdir", StringComparison.Ordinal);

        /// <summary>Whether strace made it fail.</summary>
        public bool IsInjected => Text.EndsWith("(INJECTED)", StringComparison.Ordinal);

        public bool Succeeded => Regex.IsMatch(Text, @"\) += \d");

        /// <summary>The arguments and the result, decoded.</summary>
        public string Text => _text.ToString();

        /// <summary>The path of its descriptor.</summary>
        public string Path => Descriptor().Match(Text).Groups[1].Value;

        /// <summary>Its quoted arguments.</summary>
        public string[] Strings { get; private set; } = [];

        public void Finish(int line, string rest)
        {
            End = line;
            Strings = [.. Strings, .. Quoted().Matches(rest).Select(match => Decode(match.Groups[1].Value))];
            _text.Append(Decode(rest));
        }

        public override string ToString() => $"{Start}: {name}({Text[..Math.Min(Text.Length, 200)]}";

        private static string Decode(string text) => Byte().Replace(
            text, match => ((char)byte.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

        [GeneratedRegex(@"\\x([0-9a-f]{2})")]
        private static partial Regex Byte();

        [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"")]
        private static partial Regex Quoted();

        [GeneratedRegex(@"^\d+<([^>]*)>")]
        private static partial Regex Descriptor();
    }
}
