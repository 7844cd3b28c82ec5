using Chitti.Domain;
using Chitti.ServiceDefaults;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Silo;

/// <summary>
/// Refuses to start a silo whose database and objects do not match, before anything else is started. Increases their generation
/// when the silo starts and after it has stopped, so that a backup of the database that is restored later is noticed.
/// </summary>
internal sealed partial class PairingStart(
    StorePairing pairing, PairingAdvice advice, IOptions<DataOptions> data, IOptions<RoleOptions> roles, ILogger<PairingStart> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private bool _increases;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // A silo without the role core does not sweep, but must not look for objects in the wrong folder either.
        var isCore = roles.Value.Roles.HasFlag(SiloRoles.Core);
        if (await (isCore ? pairing.AdvanceUnlessFullAsync(cancellationToken) : pairing.FindFaultAsync(cancellationToken)) is { } fault)
        {
            throw new StartFaultException($"{DataOptions.Section}:{nameof(DataOptions.DataPath)}: {Explain(fault)}");
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!_increases || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(_patience);
            await pairing.AdvanceAsync(limit.Token);
        }
        catch (Exception exception) when (exception is OutageException or OperationCanceledException)
        {
            // The next start increases it.
            LogNotAdvanced(logger, exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // Not after a start that failed: nothing has changed since the increase at its beginning.
        _increases = roles.Value.Roles.HasFlag(SiloRoles.Core);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Explain(PairingFault fault)
    {
        var objects = Path.Combine(data.Value.FullPath, "objects");
        var ways = fault switch
        {
            PairingFault.OtherObjects => $"Move the objects back to {objects}, or run '{advice.Recover}' to continue with the ones that are there.",
            PairingFault.NewDatabase =>
                $"Restore the backup of the database, or run '{advice.Recover}' to restore the files from their objects, or move {objects} away to start with an empty system.",
            _ => $"Restore the latest backup of the database, or run '{advice.Recover}' to restore the missing files from their objects.",
        };
        return $"{fault.Describe()} (database {advice.Database}, objects {objects}). {ways}";
    }

    [LoggerMessage(LogLevel.Warning, "The generation of the database and the objects could not be increased while stopping")]
    private static partial void LogNotAdvanced(ILogger logger, Exception exception);
}
