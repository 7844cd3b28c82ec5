using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>POST /api/files.</summary>
internal static class UploadEndpoint
{
    internal static async Task<Results<Accepted<UploadResponse>, ProblemHttpResult>> UploadAsync(
        HttpContext context,
        IIdempotencyStore keys,
        UploadHandler handler,
        TimeProvider time,
        ILogger<IdempotencyLease> logger,
        CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key))
        {
            return Problems.Invalid(IdempotencyKey.Header, IdempotencyKey.Rule);
        }

        if (MultipartBody.Open(context.Request) is not { } body)
        {
            return Problems.Create(
                StatusCodes.Status415UnsupportedMediaType, "An upload must be multipart/form-data with at least one part named file.");
        }

        if (key is null)
        {
            return await handler.HandleAsync(context, body, claim: null, cancellationToken);
        }

        var (scope, owner) = (IdempotencyKey.Scope(context), Guid.NewGuid().ToString("N"));

        // Not cancelled, because the outcome must be known to release the claim.
        var claim = await keys.ClaimAsync(scope, key, owner, IdempotencyLease.Duration, IdempotencyKey.Lifetime, CancellationToken.None);
        switch (claim.State)
        {
            case IdempotencyState.Running:
                return Problems.TryAgain(
                    context, StatusCodes.Status409Conflict, $"A call with this {IdempotencyKey.Header} is still running.");
            case IdempotencyState.Answered:
                return await handler.RepeatAsync(body, claim, cancellationToken);
            default:
                await using (var lease = new IdempotencyLease(keys, scope, key, owner, time, logger))
                {
                    return await handler.HandleAsync(context, body, lease, cancellationToken);
                }
        }
    }
}
