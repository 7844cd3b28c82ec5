using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>POST /api/files.</summary>
internal static class UploadEndpoint
{
    internal static async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> UploadAsync(
        HttpContext context, ICatalog catalog, UploadAttempt attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key))
        {
            return Problems.Invalid(IdempotencyKey.Header, IdempotencyKey.Rule);
        }

        if (MultipartBody.Open(context.Request) is not { } body)
        {
            return Problems.Create(
                StatusCodes.Status415UnsupportedMediaType, "An upload is a multipart/form-data body with one or more parts named file.");
        }

        if (key is null)
        {
            return await attempt.RunAsync(body, null, cancellationToken);
        }

        var scope = IdempotencyKey.Scope(context);
        var now = time.GetUtcNow();
        var claim = await catalog.ClaimAsync(scope, key, now, now - IdempotencyKey.Lifetime, cancellationToken);
        return claim.State switch
        {
            IdempotencyState.Running => Problems.TryAgain(
                context, StatusCodes.Status409Conflict, $"A call with this {IdempotencyKey.Header} is still running."),
            IdempotencyState.Answered => await attempt.RepeatAsync(body, claim, cancellationToken),
            _ => await attempt.RunClaimedAsync(body, scope, key, cancellationToken),
        };
    }
}
