using System.Text.Json;

namespace Chitti.Gateway;

/// <summary>
/// Metadata of an endpoint whose JSON is also validated: adds the faults of what could be read to those that kept the body
/// from being read, so that one response names all of them.
/// </summary>
internal sealed record MoreFaults(MoreFaults.Add AddAsync)
{
    internal delegate Task<IReadOnlyDictionary<string, string[]>> Add(
        HttpContext context, JsonElement json, IReadOnlyDictionary<string, string[]> faults, CancellationToken cancellationToken);
}
