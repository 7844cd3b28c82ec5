using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>The only place that turns exceptions into problem documents.</summary>
internal sealed partial class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The read of a body may fail before the server says that the request is aborted.
        if (httpContext.RequestAborted.IsCancellationRequested
            || exception is ConnectionResetException or OperationCanceledException { InnerException: ConnectionAbortedException })
        {
            return ClientIsGone(httpContext);
        }

        try
        {
            await AnswerAsync(httpContext, exception, cancellationToken);
            return true;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // To describe what is wrong with it, the body was read once more.
            return ClientIsGone(httpContext);
        }
    }

    private static bool ClientIsGone(HttpContext context)
    {
        // The status is for the log and the metrics.
        context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        return true;
    }

    private async Task AnswerAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The middleware has removed the endpoint from the context.
        var problem = exception is BadHttpRequestException bad
            ? await BadRequestFault.DescribeAsync(
                httpContext, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint, bad, cancellationToken)
            : Describe(httpContext, exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private ProblemDetails Describe(HttpContext context, Exception exception)
    {
        var path = context.Request.Path.Value ?? "";
        switch (exception)
        {
            case OutageException { Outage: Outage.StorageFull }:
                LogStorageFull(logger, path, exception);
                Problems.SetRetryAfter(context, TimeSpan.FromMinutes(1));
                return Problem(StatusCodes.Status507InsufficientStorage, "Storage is full. Try again later.");
            case not null when OutageRule.IsOutage(exception):
                LogUnavailable(logger, path, exception);
                Problems.SetRetryAfter(context, TimeSpan.FromSeconds(5));
                return Problem(StatusCodes.Status503ServiceUnavailable, "A part of the system that this request needs is unavailable. Try again later.");
            case AlteredObjectException altered:
                LogUnexpected(logger, path, exception);
                return Problem(StatusCodes.Status500InternalServerError, altered.Detail);
            default:
                LogUnexpected(logger, path, exception!);
                return Problem(StatusCodes.Status500InternalServerError, "The server failed to handle the request. Its log has the details under this trace id.");
        }
    }

    private static ProblemDetails Problem(int status, string detail) => new() { Status = status, Detail = detail };

    [LoggerMessage(LogLevel.Error, "Storage is full: {Path} was refused")]
    private static partial void LogStorageFull(ILogger logger, string path, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Path} was refused: a part of the system is unavailable")]
    private static partial void LogUnavailable(ILogger logger, string path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void LogUnexpected(ILogger logger, string path, Exception exception);
}
