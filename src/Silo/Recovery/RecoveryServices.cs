using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chitti.Silo;

/// <summary>Registers the pairing of database and objects.</summary>
public static class RecoveryServices
{
    /// <summary>Lets the host start only if database and objects match.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="advise">Words for the message otherwise.</param>
    public static void AddPairing(this IServiceCollection services, Func<IServiceProvider, PairingAdvice> advise)
    {
        services.TryAddSingleton<StorePairing>();
        services.AddSingleton(advise);
        services.AddHostedService<PairingStart>();
    }
}
