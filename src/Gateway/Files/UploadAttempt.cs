using System.Text.Json;
using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>One upload from its body to its answer.</summary>
internal sealed class UploadAttempt(UploadReader reader, ProfileChoice profiles, FileIntake intake, KeyReleases keys)
{
    /// <summary>As <see cref="RunAsync"/>, and gives the idempotency key back unless the upload was accepted.</summary>
    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> RunClaimedAsync(
        MultipartBody body, string scope, string key, CancellationToken cancellationToken)
    {
        var accepted = false;
        try
        {
            var result = await RunAsync(body, (scope, key), cancellationToken);
            accepted = result.Result is Accepted<UploadResponse>;
            return result;
        }
        finally
        {
            if (!accepted)
            {
                await keys.ReleaseAsync(scope, key);
            }
        }
    }

    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> RunAsync(
        MultipartBody body, (string Scope, string Key)? claim, CancellationToken cancellationToken)
    {
        await using var form = new UploadForm();
        await reader.ReadAsync(body, form, cancellationToken);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var (profile, unknown) = await profiles.FindAsync(form.Field("profile_id"), cancellationToken);
        return profile is null ? unknown! : Answer(await intake.AcceptAsync(form, profile.Reference, claim, cancellationToken));
    }

    /// <summary>Reads the body again to see that it is the same, keeps nothing of it, and gives the first answer.</summary>
    internal async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> RepeatAsync(
        MultipartBody body, IdempotencyClaim first, CancellationToken cancellationToken)
    {
        await using var form = new UploadForm();
        await reader.ReadAsync(body, form, cancellationToken);
        return form.Problem is null && form.Fingerprint() == first.Fingerprint
            ? Answer(JsonSerializer.Deserialize<UploadResponse>(first.Answer!, ApiJson.Options)!)
            : Problems.Create(
                StatusCodes.Status409Conflict, $"This {IdempotencyKey.Header} was used for another body within the last 24 hours.");
    }

    private static Accepted<UploadResponse> Answer(UploadResponse response) => TypedResults.Accepted(response.Location(), response);
}
