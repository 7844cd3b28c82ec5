using System.Collections.Concurrent;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Registration;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Chitti.Detection;

/// <summary>
/// Prepares references once and keeps them, up to a number of bytes. Preparing takes a tenth of a second, on a thread of its own,
/// so that no grain turn and no pool thread is blocked; one at a time in a process.
/// </summary>
public sealed class ReferenceCache(IReferenceSource source, ImageDecoders decoders, IOptions<DetectorOptions> options) : IDisposable
{
    private readonly MemoryCache _prepared = new(new MemoryCacheOptions { SizeLimit = options.Value.ReferenceBytes });
    private readonly ConcurrentDictionary<string, Lazy<Task<Reference>>> _loading = new(StringComparer.Ordinal);
    private readonly OwnThread _thread = new("prepare a reference");

    /// <summary>The references of a profile, prepared.</summary>
    /// <exception cref="ReferenceException">One is missing, altered, or can't be used as a reference.</exception>
    public async Task<IReadOnlyList<Reference>> GetAsync(IReadOnlyList<ReferencePicture> pictures, CancellationToken cancellationToken)
    {
        var references = new Reference[pictures.Count];
        foreach (var (index, picture) in pictures.Index())
        {
            references[index] = _prepared.TryGetValue(picture.Sha256, out Reference? known)
                ? known!
                : await LoadOnceAsync(picture).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return references;
    }

    /// <summary>Checks whether a picture can be a reference.</summary>
    /// <returns>Why not, as the end of a sentence about the picture; null if it can.</returns>
    public async Task<string?> CheckAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken) =>
        (await _thread.RunAsync(() => Prepare(picture)).WaitAsync(cancellationToken).ConfigureAwait(false)).Fault;

    /// <inheritdoc/>
    public void Dispose() => _prepared.Dispose();

    private async Task<Reference> LoadOnceAsync(ReferencePicture picture)
    {
        var loading = _loading.GetOrAdd(picture.Sha256, _ => new(() => LoadAsync(picture)));
        try
        {
            return await loading.Value.ConfigureAwait(false);
        }
        finally
        {
            _loading.TryRemove(new(picture.Sha256, loading));
        }
    }

    private async Task<Reference> LoadAsync(ReferencePicture picture)
    {
        // Not cancelled with the first of several callers.
        var bytes = await source.ReadAsync(picture.Sha256, CancellationToken.None).ConfigureAwait(false)
            ?? throw new ReferenceException($"The reference {Describe(picture)} is missing.");
        var (prepared, fault) = await _thread.RunAsync(() => Prepare(bytes)).ConfigureAwait(false);
        if (prepared is null)
        {
            throw new ReferenceException($"The reference {Describe(picture)} {fault}.");
        }

        var reference = new Reference(picture.Sha256, prepared);
        _prepared.Set(picture.Sha256, reference, new MemoryCacheEntryOptions { Size = prepared.Bytes });
        return reference;
    }

    private (PreparedReference? Prepared, string? Fault) Prepare(ReadOnlyMemory<byte> bytes)
    {
        using var decoder = decoders.Create();
        if (!decoder.TryDecode(bytes, enough: null, out var image, out var fault))
        {
            return (null, $"can't be decoded: {fault.Detail}");
        }

        using (image)
        {
            var prepared = PreparedReference.Create(new(image.Width, image.Height, image.View.ToGrey()));
            return prepared.Fault switch
            {
                null => (prepared, null),
                RegistrationRefusalReason.TooSmall => (null, "is too small to recognise anything"),
                _ => (null, "shows too little that an image could be aligned to"),
            };
        }
    }

    private static string Describe(ReferencePicture picture) => picture.Name is null ? picture.Sha256 : $"'{picture.Name}' ({picture.Sha256})";
}
