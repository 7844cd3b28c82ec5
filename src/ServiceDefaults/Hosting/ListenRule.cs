using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chitti.ServiceDefaults;

/// <summary>Every address must be free, and this machine's alone unless told otherwise.</summary>
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
