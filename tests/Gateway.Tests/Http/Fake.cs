using System.Reflection;

namespace Chitti.Gateway.Tests;

/// <summary>An interface of which a test needs a call or two: every call goes to one function, by the method's name.</summary>
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
