using Chitti.ServiceDefaults;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Refuses to start a gateway whose data folder is not the one that its cluster shares.</summary>
internal sealed class PairingCheck(StorePairing pairing, IOptions<DataOptions> data) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await pairing.FindFaultAsync(cancellationToken) is { } fault)
        {
            throw new StartFaultException(
                $"{DataOptions.Section}:{nameof(DataOptions.DataPath)}: {fault.Describe()} ({data.Value.FullPath}); all gateways and silos of a cluster must share one folder. See 'chitti-silo verify'.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
