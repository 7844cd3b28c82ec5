using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains.Tests;

/// <summary>A directory that the test fills, and detectors that are identified by their keys.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class ScriptedDetectors : DispatchProxy
{
    private readonly ConcurrentDictionary<IDetectorGrain, string> _keys = new();

    public Directory Listed { get; } = new();

    public IGrainFactory Grains => (IGrainFactory)(object)this;

    public static ScriptedDetectors Start() => (ScriptedDetectors)(object)Create<IGrainFactory, ScriptedDetectors>();

    public string KeyOf(IDetectorGrain detector) => _keys[detector];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.GetGenericArguments() is [var asked] && asked == typeof(IDetectorDirectoryGrain))
        {
            return Listed;
        }

        var detector = Create<IDetectorGrain, Uncalled>();
        _keys[detector] = ((GrainId)args![0]!).Key.ToString()!;
        return detector;
    }

    internal class Uncalled : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException(targetMethod!.Name);
    }

    internal sealed class Directory : IDetectorDirectoryGrain
    {
        public IReadOnlyList<DetectorSnapshot> Detectors { get; set; } = [];

        public Exception? Fault { get; set; }

        public int Reads { get; private set; }

        public List<string> Withdrawn { get; } = [];

        public Task AnnounceAsync(DetectorSnapshot detector, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WithdrawAsync(string key, CancellationToken cancellationToken)
        {
            Withdrawn.Add(key);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<DetectorSnapshot>> ListAsync(CancellationToken cancellationToken)
        {
            Reads++;
            return Fault is null ? Task.FromResult(Detectors) : Task.FromException<IReadOnlyList<DetectorSnapshot>>(Fault);
        }
    }
}
