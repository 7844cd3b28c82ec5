using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Chitti.Gateway;

/// <summary>Direct detection: an image in, the inspection out, nothing stored.</summary>
internal static class DetectionEndpoints
{
    // Of the whole request: the parts' headers come on top of the image.
    private const long FormBytes = 64 << 10;

    internal static RouteGroupBuilder MapDetection(this RouteGroupBuilder api, LimitOptions limits)
    {
        var detection = api.MapGroup("/detect").WithTags("Detection");
        detection.MapPost("/", DetectAsync)
            .WithSummary("Inspects the image in the body and stores nothing")
            .TakesImage()
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxDetectBytes + FormBytes))
            .Refuses(400, 413, 415, 422, 429, 503);
        return detection;
    }

    private static async Task<Results<Ok<InspectionDocument>, ProblemHttpResult>> DetectAsync(
        [AsParameters] DetectRequest request,
        HttpContext context,
        ImageBody body,
        ProfileChoice profiles,
        IGrainFactory grains,
        DetectorChoice detectors,
        IOptions<ImageLimits> limits,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.Validate() is { } invalid)
        {
            return invalid;
        }

        var (image, unread) = await body.ReadAsync(context.Request, cancellationToken);
        if (image is null)
        {
            return unread!;
        }

        using (var bytes = new MemoryStream(image, writable: false))
        {
            if (ImageIdentifier.Identify(bytes, limits.Value).Fault is { } fault)
            {
                return ImageProblems.From(fault, "The image");
            }
        }

        var (profile, unknown) = await profiles.FindAsync(request.ProfileId, cancellationToken);
        if (profile is null)
        {
            return unknown!;
        }

        var settings = DetectionSettings.For(profile.Profile, request.Overrides, waitWhenFull: false, request.Model);
        if (request.Model is { } model
            && await grains.GetGrain<IModelGrain>(model).GetAsync(cancellationToken) is { } asked
            && profile.Profile.FindClassesNotIn(asked.Classes) is { Count: > 0 } missing)
        {
            return Problems.Invalid(
                "model",
                $"does not find {string.Join(", ", missing)}, which profile '{profile.Reference.Id}' judges; it finds {string.Join(", ", asked.Classes)}");
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(image));
        var reply = await detectors.CallAsync(
            settings.ModelId,
            detector => detector.DetectAsync(new Immutable<byte[]>(image), sha256, settings, cancellationToken),
            cancellationToken);
        return reply.Status == DetectionStatus.Found
            ? TypedResults.Ok(InspectionDocument.From(
                InspectionFactory.Create(profile, request.Overrides, reply, time.GetUtcNow())))
            : Refuse(context, reply, request.Model is not null);
    }

    private static ProblemHttpResult Refuse(HttpContext context, DetectionReply reply, bool modelNamed) => reply.Status switch
    {
        DetectionStatus.Busy => Problems.TryAgain(
            context, StatusCodes.Status429TooManyRequests, reply.Detail ?? "The detector's queue is full."),
        DetectionStatus.Unavailable => Problems.TryAgain(
            context, StatusCodes.Status503ServiceUnavailable, reply.Detail ?? "No detector can take the image at the moment."),
        DetectionStatus.UnknownModel when !modelNamed => Problems.TryAgain(
            context, StatusCodes.Status503ServiceUnavailable, $"The profile's model is not here: {reply.Detail}"),
        DetectionStatus.UnknownModel => Problems.Invalid("model", reply.Detail ?? "there is no such model"),
        DetectionStatus.UnknownFormat => ImageProblems.UnknownFormat("The image"),
        DetectionStatus.Failed => Problems.Create(StatusCodes.Status500InternalServerError, "The detector failed on the image."),
        _ => Problems.Create(StatusCodes.Status422UnprocessableEntity, $"The image can't be inspected: {reply.Detail}"),
    };
}
