using Chitti.Storage;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

internal sealed partial class FileGrain
{
    [LoggerMessage(LogLevel.Debug, "File {FileId} was delivered but not begun: {Outcome}")]
    private static partial void LogNotBegun(ILogger logger, Guid fileId, BeginOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "File {FileId} ended as failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid fileId, string reason);

    [LoggerMessage(LogLevel.Error, "File {FileId} is stuck: it has been waiting for an outage to end since {Since:O}: {Reason}")]
    private static partial void LogStuck(ILogger logger, Guid fileId, DateTimeOffset since, string reason);

    [LoggerMessage(LogLevel.Information, "File {FileId} was deleted")]
    private static partial void LogDeleted(ILogger logger, Guid fileId);
}
