using System.Globalization;
using Chitti.Storage;

namespace Chitti.Silo;

/// <summary>The command <c>verify</c>.</summary>
/// <param name="objects">The object store.</param>
/// <param name="files">The files.</param>
/// <param name="profiles">The profiles.</param>
/// <param name="pairing">The pairing of the object store and the database.</param>
public sealed class VerifyRun(IObjectStore objects, IFileStore files, IProfileList profiles, StorePairing pairing)
{
    /// <summary>Exit code if everything is as it was stored.</summary>
    public const int AllWhole = 0;

    /// <summary>Exit code if something is not.</summary>
    public const int NotAllWhole = 1;

    /// <summary>Runs the command.</summary>
    /// <param name="orphansBefore">Later objects without a file may belong to an upload in progress, and are not faults.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(DateTimeOffset orphansBefore, TextWriter output, CancellationToken cancellationToken)
    {
        var fault = await pairing.FindFaultAsync(cancellationToken);
        if (fault is { } unpaired)
        {
            await output.WriteLineAsync($"PAIRING   {unpaired.Describe()}");
        }

        var verification = new StoreVerification(objects, files, orphansBefore);
        await foreach (var line in verification.RunAsync(cancellationToken))
        {
            await output.WriteLineAsync(line);
        }

        var faults = verification.Faults + (fault is null ? 0 : 1);
        var references = new ReferenceVerification(objects, profiles);
        await foreach (var line in references.RunAsync(cancellationToken))
        {
            faults++;
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Verified {verification.Files} files with {verification.Bytes} bytes and {references.References} references; {verification.Quarantined} objects are in quarantine. {(faults == 0 ? "No faults." : $"Faults: {faults}.")}"));
        return faults == 0 ? AllWhole : NotAllWhole;
    }
}
