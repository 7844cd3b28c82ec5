using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Chitti.Gateway;

/// <summary>Takes pictures of good parts into a profile. All are accepted or none, and only such as images can be aligned to.</summary>
internal sealed class ReferenceUpload(
    IGrainFactory grains, DetectorChoice detectors, PartStager stager, IObjectStore objects, IOptions<LimitOptions> limits)
{
    private const int MaxNameLength = 200;

    /// <param name="profile">The newest version of the profile.</param>
    /// <param name="body">The parts.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects. Has no effect once the pictures are being committed.</param>
    internal async Task<(ProfileReply? Reply, ProblemHttpResult? Problem)> AddAsync(
        ProfileVersion profile, MultipartBody body, CancellationToken cancellationToken)
    {
        await using var form = new UploadForm();
        if (await ReadAsync(body, form, profile.Profile, cancellationToken) is { } problem)
        {
            return (null, problem);
        }

        // A picture is stored once for all profiles and versions, under its hash; storing it again changes nothing.
        var distinct = form.Files.DistinctBy(file => file.Sha256).ToList();
        await objects.CommitAsync([.. distinct.Select(file => (file.Staged, ReferenceObjects.KeyOf(file.Sha256)))], cancellationToken);
        var pictures = distinct.Select(file => new ReferencePicture { Sha256 = file.Sha256, Name = FileName.Cut(file.Name, MaxNameLength) });
        return (await grains.GetGrain<IProfileGrain>(profile.Reference.Id).AddReferencesAsync([.. pictures], CancellationToken.None), null);
    }

    /// <summary>Stages and checks the pictures.</summary>
    /// <returns>The first fault; null if there is none.</returns>
    private async Task<ProblemHttpResult?> ReadAsync(
        MultipartBody body, UploadForm form, ComponentProfile profile, CancellationToken cancellationToken)
    {
        var known = profile.References.Select(reference => reference.Sha256).ToHashSet(StringComparer.Ordinal);
        while (await body.NextAsync(cancellationToken) is { } part)
        {
            if (part.Name != UploadReader.FileField)
            {
                return Problems.Invalid(
                    part.Name.Length == 0 ? "body" : FieldErrors.Shorten(part.Name),
                    $"is not a field of this call, whose only field is {UploadReader.FileField}");
            }

            var number = form.Files.Count + 1;
            if (number > ProfileValidation.MaxReferences)
            {
                return TooMany(number, $"at most {ProfileValidation.MaxReferences} files are allowed");
            }

            var (file, problem) = await stager.StageAsync(part, number, cancellationToken);
            if (file is null)
            {
                return problem;
            }

            form.Add(file);
            if (known.Add(file.Sha256) && known.Count > ProfileValidation.MaxReferences)
            {
                return TooMany(
                    number, $"the profile has {profile.References.Count} references, and at most {ProfileValidation.MaxReferences} are allowed");
            }

            if (await CheckAsync(file, number, profile.ModelId, cancellationToken) is { } unusable)
            {
                return unusable;
            }
        }

        return form.Files.Count > 0 ? null : Problems.Invalid(UploadReader.FileField, "must occur at least once");
    }

    private async Task<ProblemHttpResult?> CheckAsync(StagedFile file, int number, string modelId, CancellationToken cancellationToken)
    {
        var max = limits.Value.MaxDetectBytes;
        if (file.Size > max)
        {
            return Problems.Create(
                StatusCodes.Status413PayloadTooLarge, $"File {number} ('{file.Name}') is larger than the {max} bytes allowed for a reference.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Size);
        file.Staged.Content.Position = 0;
        await file.Staged.Content.ReadExactlyAsync(bytes, cancellationToken);
        var fault = await detectors.CallAsync(
            modelId, detector => detector.CheckReferenceAsync(new Immutable<byte[]>(bytes), cancellationToken), cancellationToken);
        return fault is null
            ? null
            : Problems.Create(StatusCodes.Status422UnprocessableEntity, $"File {number} ('{file.Name}') can't be a reference: it {fault}.");
    }

    private static ProblemHttpResult TooMany(int number, string rule) => Problems.Invalid(UploadReader.FileField, $"file {number} is one too many: {rule}");
}
