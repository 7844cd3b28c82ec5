using System.Text.Json;
using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Handles an upload from its body to its answer.</summary>
internal sealed class UploadHandler(UploadReader reader, ProfileChoice profiles, FileIntake intake)
{
    /// <param name="body">The parts.</param>
    /// <param name="claim">The claim on the call's idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects. Has no effect once the objects are being committed.</param>
    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> HandleAsync(
        MultipartBody body, IdempotencyLease? claim, CancellationToken cancellationToken)
    {
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

        return await intake.AcceptAsync(form, profile.Reference, claim, cancellationToken) is { } accepted
            ? Answer(accepted)
            : Problems.Create(
                StatusCodes.Status409Conflict, $"Another call took this {IdempotencyKey.Header} in the meantime.");
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

    private static Accepted<UploadResponse> Answer(UploadResponse response) => TypedResults.Accepted(response.Location(), response);
}
