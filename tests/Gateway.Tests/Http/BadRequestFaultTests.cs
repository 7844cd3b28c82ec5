using System.Text.Json;
using Chitti.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Chitti.Gateway.Tests;

public class BadRequestFaultTests
{
    private static readonly Endpoint _endpoint = new(null, new(new AcceptsMetadata(["application/json"], typeof(ComponentProfile))), null);

    [Fact]
    public async Task Describe_RestOfTheBodyIsTooLong_SaysSo()
    {
        using var body = new TooLong();
        var context = new DefaultHttpContext { Request = { Body = body } };
        var fault = new BadHttpRequestException("The test says no.", StatusCodes.Status400BadRequest, new JsonException());

        var problem = await BadRequestFault.DescribeAsync(context, _endpoint, fault, CancellationToken.None);

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, problem.Status);
    }

    private sealed class TooLong : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}
