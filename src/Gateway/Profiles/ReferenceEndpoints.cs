using System.ComponentModel;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>Pictures of good parts, with which the images of a profile are compared.</summary>
internal static class ReferenceEndpoints
{
    // The headers of the parts add to the pictures.
    private const long FormBytes = 1 << 20;

    internal static void MapReferences(this RouteGroupBuilder profiles, LimitOptions limits)
    {
        profiles.MapGet("/{id}/references", ListAsync).WithSummary("Lists the references of the newest version").Refuses(404);
        profiles.MapPost("/{id}/references", AddAsync)
            .WithSummary("Adds a version with more references; with the first, the profile takes the model that compares")
            .WithMetadata(new RequestSizeLimitAttribute((ProfileValidation.MaxReferences * limits.MaxDetectBytes) + FormBytes))
            .TakesPictures(ProfileValidation.MaxReferences)
            .Refuses(400, 403, 404, 413, 415, 422, 507);
        profiles.MapGet("/{id}/references/{sha256}", GetAsync)
            .WithSummary("Gets the picture of a reference of any version").GivesBytes("image/*").Refuses(404, 416);
        profiles.MapDelete("/{id}/references/{sha256}", RemoveAsync)
            .WithSummary("Adds a version without a reference; earlier versions keep it").Refuses(403, 404, 422);
    }

    private static async Task<Results<Ok<IReadOnlyList<ReferencePicture>>, ProblemHttpResult>> ListAsync(
        string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        await FindAsync(id, grains, cancellationToken) is { } profile
            ? TypedResults.Ok(profile.Profile.References)
            : ProfileEndpoints.NotFound(id, null);

    private static async Task<Results<Created<ProfileResponse>, ProblemHttpResult>> AddAsync(
        string id, HttpRequest request, IGrainFactory grains, ReferenceUpload upload, CancellationToken cancellationToken)
    {
        if (MultipartBody.Open(request) is not { } body)
        {
            return Problems.Create(
                StatusCodes.Status415UnsupportedMediaType, "References must be multipart/form-data with at least one part named file.");
        }

        if (await FindAsync(id, grains, cancellationToken) is not { } profile)
        {
            return ProfileEndpoints.NotFound(id, null);
        }

        var (reply, problem) = await upload.AddAsync(profile, body, cancellationToken);
        return reply is null ? problem! : ProfileEndpoints.Stored(reply);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(
        string id, [Description("SHA-256 of the picture.")] string sha256, HttpContext context, IGrainFactory grains, IObjectStore objects,
        IOptions<ImageLimits> limits, CancellationToken cancellationToken)
    {
        if (!ProfileId.IsValid(id) || await grains.GetGrain<IProfileGrain>(id).FindReferenceAsync(sha256, cancellationToken) is not { } reference)
        {
            return NotFound(id, sha256);
        }

        using var bytes = await objects.ReadAllAsync(ReferenceObjects.KeyOf(sha256), sha256, cancellationToken)
            ?? throw new AlteredObjectException(ReferenceObjects.KeyOf(sha256));
        var picture = bytes.Memory.ToArray();
        using var stream = new MemoryStream(picture, writable: false);
        var type = ImageIdentifier.Identify(stream, limits.Value, long.MaxValue).Header?.MediaType ?? "application/octet-stream";

        // The path names the bytes, so they never change.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(picture, type, reference.Name, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    private static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> RemoveAsync(
        string id, [Description("SHA-256 of the picture.")] string sha256, IGrainFactory grains)
    {
        if (!ProfileId.IsValid(id))
        {
            return ProfileEndpoints.NotFound(id, null);
        }

        var reply = await grains.GetGrain<IProfileGrain>(id).RemoveReferenceAsync(sha256, CancellationToken.None);
        return reply switch
        {
            { Conflict: true } => NotFound(id, sha256),
            { Version: { } version } => TypedResults.Ok(ProfileResponse.From(version)),
            _ => Problems.Invalid(reply.Errors, StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<ProfileVersion?> FindAsync(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        ProfileId.IsValid(id) ? await grains.GetGrain<IProfileGrain>(id).GetAsync(cancellationToken: cancellationToken) : null;

    private static ProblemHttpResult NotFound(string id, string sha256) =>
        Problems.NotFound($"reference {FieldErrors.Shorten(sha256)} of profile '{FieldErrors.Shorten(id)}'");
}
