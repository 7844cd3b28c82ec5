using Chitti.Gateway;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>
/// Fails the start if the default profile does not exist. A system without any profile starts, because the first one can only
/// be created through the API.
/// </summary>
internal sealed class DefaultProfileCheck(IGrainFactory grains, IProfileList profiles, IOptions<GatewayOptions> options) : IHostedService
{
    private const int Shown = 20;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var id = options.Value.DefaultProfile;
        if (await grains.GetGrain<IProfileGrain>(id).GetAsync(cancellationToken: cancellationToken) is null
            && await profiles.ListAsync(null, Shown, cancellationToken) is { Count: > 0 } known)
        {
            throw new StartFaultException(
                $"Chitti:DefaultProfile: there is no profile '{id}'; existing profiles: {string.Join(", ", known.Select(row => row.Id))}.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
