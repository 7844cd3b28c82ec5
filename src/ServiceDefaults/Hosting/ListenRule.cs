using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chitti.ServiceDefaults;

/// <summary>Every address must be free and, unless <see cref="ListenOptions.AllowRemote"/> is set, reachable from this machine only.</summary>
internal sealed class ListenRule(IConfiguration configuration) : IValidateOptions<ListenOptions>
{
    public ValidateOptionsResult Validate(string? name, ListenOptions options)
    {
        string[] faults =
        [
            .. from address in ListenAddress.Read(configuration)
               let fault = address.FindFault(options.AllowRemote)
               where fault is not null
               select fault,
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
