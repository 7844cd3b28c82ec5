using Microsoft.AspNetCore.Http;

namespace Chitti.Gateway.Tests;

public class RequestHeaderTests
{
    [Theory]
    [InlineData("order-7/42", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("break\r\n", false)]
    [InlineData("ü", false)]
    public void IsSafe_RequestId_AllowsOnlyVisibleAscii(string id, bool safe) => Assert.Equal(safe, RequestIdMiddleware.IsSafe(id));

    [Fact]
    public void IsSafe_RequestIdOf129Characters_IsFalse() => Assert.False(RequestIdMiddleware.IsSafe(new string('a', 129)));

    [Theory]
    [InlineData("7f3e", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("ü", false)]
    public void TryRead_IdempotencyKey_AllowsOnlyVisibleAscii(string key, bool valid) => Assert.Equal(valid, TryRead(key, out _));

    [Fact]
    public void TryRead_IdempotencyKey_AllowsAtMost200Characters()
    {
        Assert.True(TryRead(new string('a', 200), out _));
        Assert.False(TryRead(new string('a', 201), out _));
    }

    [Fact]
    public void TryRead_NoIdempotencyKey_IsNone()
    {
        Assert.True(IdempotencyKey.TryRead(new DefaultHttpContext().Request, out var key));
        Assert.Null(key);
    }

    private static bool TryRead(string header, out string? key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[IdempotencyKey.Header] = header;
        return IdempotencyKey.TryRead(request, out key);
    }
}
