using System.Reflection;

namespace Chitti.Gateway.Tests;

/// <summary>Implements an interface of which a test needs one or two calls: every call goes to one function, with the name of the method.</summary>
public class Fake : DispatchProxy
{
    private Func<string, object?[], object?> _answer = null!;

    public static T Of<T>(Func<string, object?[], object?> answer) where T : class
    {
        var fake = Create<T, Fake>();
        ((Fake)(object)fake)._answer = answer;
        return fake;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name, args ?? []);
}
