using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

internal sealed partial class ReportGrain
{
    [LoggerMessage(LogLevel.Warning, "Report {ReportId} ended as failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid reportId, string reason);

    [LoggerMessage(LogLevel.Error, "An attempt to produce report {ReportId} failed")]
    private static partial void LogAttemptFailed(ILogger logger, Exception exception, Guid reportId);

    [LoggerMessage(LogLevel.Warning, "Report {ReportId} waits for an outage to end: {Detail}")]
    private static partial void LogOutage(ILogger logger, Guid reportId, string detail);

    [LoggerMessage(LogLevel.Error, "Report {ReportId} is stuck: it has been waiting for an outage to end since {Since:O}: {Reason}")]
    private static partial void LogStuck(ILogger logger, Guid reportId, DateTimeOffset since, string reason);

    [LoggerMessage(LogLevel.Warning, "The lease on report {ReportId} could not be renewed")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception, Guid reportId);

    [LoggerMessage(LogLevel.Error, "The result of report {ReportId} could not be recorded; the report is retried when its lease expires")]
    private static partial void LogNotRecorded(ILogger logger, Exception exception, Guid reportId);

    [LoggerMessage(LogLevel.Error, "The stream of report {ReportId} lost events")]
    private static partial void LogStreamError(ILogger logger, Exception exception, Guid reportId);
}
