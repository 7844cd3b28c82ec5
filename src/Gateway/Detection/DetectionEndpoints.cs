using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Direct detection: takes an image, returns its inspection, stores nothing.</summary>
internal static class DetectionEndpoints
{
    // The size limit applies to the whole request, and the headers of the parts add to the image.
    private const long FormBytes = 64 << 10;

    internal static RouteGroupBuilder MapDetection(this RouteGroupBuilder api, LimitOptions limits)
    {
        var detection = api.MapGroup("/detect").WithTags("Detection");
        detection.MapPost("/", DetectAsync)
            .WithSummary("Inspects the image in the body without storing it")
            .TakesImage()
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxDetectBytes + FormBytes))
            .Refuses(400, 403, 413, 415, 422, 429, 503);
        return detection;
    }

    private static async Task<Results<Ok<Inspection>, ProblemHttpResult>> DetectAsync(
        [AsParameters] DetectRequest request,
        HttpContext context,
        ImageBody body,
        DirectDetection detection,
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

        var (reply, unknown) = await detection.RunAsync(image, request, cancellationToken);
        if (reply is null)
        {
            return unknown!;
        }

        return reply.Inspection is { } inspection ? TypedResults.Ok(inspection) : Refuse(context, reply, request.Model is not null);
    }

    private static ProblemHttpResult Refuse(HttpContext context, InspectionReply reply, bool modelNamed) => reply.Status switch
    {
        InspectionStatus.Busy => Problems.TryAgain(
            context, StatusCodes.Status429TooManyRequests, reply.Detail ?? "The detector's queue is full.", reply.RetryAfter),
        InspectionStatus.Unavailable or InspectionStatus.Interrupted => Problems.TryAgain(
            context, StatusCodes.Status503ServiceUnavailable, reply.Detail ?? "No detector is available at the moment."),
        InspectionStatus.UnknownModel when !modelNamed => Problems.TryAgain(
            context, StatusCodes.Status503ServiceUnavailable, $"The profile's model is not available: {reply.Detail}"),
        InspectionStatus.UnknownModel => Problems.Invalid("model", reply.Detail ?? "there is no such model"),
        InspectionStatus.UnfitModel => Problems.Invalid("model", reply.Detail ?? "does not fit the profile"),
        InspectionStatus.UnknownFormat => ImageProblems.UnknownFormat("The image"),
        InspectionStatus.Failed => Problems.Create(
            StatusCodes.Status500InternalServerError, $"The inspection failed: {reply.Detail ?? "the detector gives no reason"}"),
        _ => Problems.Create(StatusCodes.Status422UnprocessableEntity, $"The image can't be inspected: {reply.Detail}"),
    };
}
