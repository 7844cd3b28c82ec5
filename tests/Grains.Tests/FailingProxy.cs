using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Chitti.Domain;

namespace Chitti.Grains.Tests;

/// <summary>Forwards calls to the real service, unless a plan says that the call fails.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class FailingProxy<T> : DispatchProxy where T : class
{
    private T _inner = null!;
    private FailurePlan _plan = null!;

    public static T Around(T inner, FailurePlan plan)
    {
        var decorated = Create<T, FailingProxy<T>>();
        var proxy = (FailingProxy<T>)(object)decorated;
        (proxy._inner, proxy._plan) = (inner, plan);
        return decorated;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _plan.Enter(targetMethod!.Name, args is [var first, ..] ? first : null);
        try
        {
            var result = targetMethod.Invoke(_inner, args);
            var delay = _plan.LeaveAsync(targetMethod.Name, args is [var argument, ..] ? argument : null);
            return result is Task<FileSnapshot?> file && !delay.IsCompleted ? DelayAsync(file, delay) : result;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    private static async Task<FileSnapshot?> DelayAsync(Task<FileSnapshot?> result, Task delay)
    {
        var file = await result;
        await delay;
        return file;
    }
}
