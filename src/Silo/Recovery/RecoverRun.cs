using System.Globalization;
using Chitti.Imaging;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>The command <c>recover</c>: restores files from their objects, then pairs database and objects.</summary>
/// <param name="objects">The object store.</param>
/// <param name="files">The files.</param>
/// <param name="profiles">The profiles.</param>
/// <param name="pairing">The pairing of both.</param>
/// <param name="limits">Limits of images.</param>
public sealed class RecoverRun(IObjectStore objects, IFileStore files, IProfileList profiles, StorePairing pairing, ImageLimits limits)
{
    /// <summary>Exit code if every image has its file.</summary>
    public const int AllRecovered = 0;

    /// <summary>Exit code if some files could not be restored.</summary>
    public const int NotAllRecovered = 1;

    /// <summary>Runs the command.</summary>
    /// <param name="dryRun">True to only print what would be done.</param>
    /// <param name="shippedProfiles">Profiles that the next start stores as version 1 if they do not exist.</param>
    /// <param name="defaultProfile">Profile of files without metadata.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="cancellationToken">Cancels. Files that were restored before stay.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        bool dryRun, IEnumerable<string> shippedProfiles, string defaultProfile, TextWriter output, CancellationToken cancellationToken)
    {
        var known = await RecoveryProfiles.ReadAsync(profiles, shippedProfiles, defaultProfile, cancellationToken);
        var result = await new FileRecovery(objects, files, known, limits, TimeProvider.System).RunAsync(dryRun, cancellationToken);
        foreach (var (key, why) in result.Unreadable)
        {
            await output.WriteLineAsync($"LEFT  {key}  {why}");
        }

        foreach (var (profile, count) in result.UnknownProfiles)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"LEFT  {count} files use version {profile.Version} of the profile '{profile.Id}', which does not exist: create it, then run recover again."));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(dryRun ? "Would recover" : "Recovered")} {result.Files} files: {result.FromMetadata} from their metadata, {result.FromBytes} from their bytes only; {result.FromQuarantine} of them from quarantine. {result.Known} files need no recovery."));
        if (dryRun)
        {
            if (await pairing.FindFaultAsync(cancellationToken) is { } fault)
            {
                await output.WriteLineAsync($"At present {fault.Describe()}; recover would pair them.");
            }
        }
        else
        {
            await pairing.PairAnewAsync(CancellationToken.None);
            await output.WriteLineAsync("Database and objects are paired. Recovered files are inspected when the server runs.");
        }

        return result.Unreadable.Count + result.UnknownProfiles.Count == 0 ? AllRecovered : NotAllRecovered;
    }
}
