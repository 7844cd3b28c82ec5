using System.Text.Json;
using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Handles an upload from its body to its answer.</summary>
internal sealed class UploadHandler(UploadReader reader, ProfileChoice profiles, FileIntake intake, Backlog backlog)
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(10);

    /// <param name="context">The call.</param>
    /// <param name="body">The parts.</param>
    /// <param name="claim">The claim on the call's idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects. Has no effect once the objects are being committed.</param>
    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> HandleAsync(
        HttpContext context, MultipartBody body, IdempotencyLease? claim, CancellationToken cancellationToken)
    {
        if (await backlog.IsFullAsync(cancellationToken))
        {
            return TooMany(context);
        }

        await using var form = new UploadForm();
        await reader.ReadAsync(body, form, cancellationToken);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var (profile, unknown) = await profiles.FindAsync(form.Field("profile_id"), cancellationToken);
        if (profile is null)
        {
            return unknown!;
        }

        using var room = await backlog.TryEnterAsync(form.Files.Count, cancellationToken);
        if (room is null)
        {
            return TooMany(context);
        }

        if (await intake.AcceptAsync(form, profile.Reference, claim, cancellationToken) is not { } accepted)
        {
            return Problems.Create(
                StatusCodes.Status409Conflict, $"Another call took this {IdempotencyKey.Header} in the meantime.");
        }

        room.Keep();
        return Answer(accepted);
    }

    /// <summary>Reads the body to check that it equals the first one, stores nothing, and returns the first answer.</summary>
    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> RepeatAsync(
        MultipartBody body, IdempotencyClaim first, CancellationToken cancellationToken)
    {
        await using var form = new UploadForm();
        await reader.ReadAsync(body, form, cancellationToken);
        return form.Problem is null && form.Fingerprint() == first.Fingerprint
            ? Answer(JsonSerializer.Deserialize<UploadResponse>(first.Answer!, ApiJson.Options)!)
            : Problems.Create(
                StatusCodes.Status409Conflict, $"This {IdempotencyKey.Header} was used with a different body within the last 24 hours.");
    }

    private static ProblemHttpResult TooMany(HttpContext context) => Problems.TryAgain(
        context, StatusCodes.Status429TooManyRequests, "Too many files wait for their inspection already.", _retryAfter);

    private static Accepted<UploadResponse> Answer(UploadResponse response) => TypedResults.Accepted(response.Location(), response);
}
