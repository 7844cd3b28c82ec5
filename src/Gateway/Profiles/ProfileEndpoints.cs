using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Component profiles and their versions.</summary>
internal static class ProfileEndpoints
{
    internal static RouteGroupBuilder MapProfiles(this RouteGroupBuilder api)
    {
        var profiles = api.MapGroup("/profiles").WithTags("Profiles");
        profiles.MapGet("/", ListAsync).WithSummary("Lists the newest version of each profile, by id").Refuses(400);
        profiles.MapPost("/", CreateAsync).WithSummary("Creates a profile").Refuses(400, 403, 409, 413, 415, 507);
        profiles.MapGet("/{id}", GetAsync).WithSummary("Gets the newest version of a profile").Refuses(404);
        profiles.MapGet("/{id}/versions/{version:int}", GetVersionAsync).WithSummary("Gets one version of a profile").Refuses(404);
        profiles.MapPost("/{id}/versions", AddVersionAsync)
            .WithSummary("Adds a version; existing inspections do not change").Refuses(400, 403, 404, 413, 415, 507);
        return profiles;
    }

    private static async Task<Results<Ok<Page<ProfileResponse>>, ProblemHttpResult>> ListAsync(
        IProfileList profiles, CancellationToken cancellationToken, int limit = Page<ProfileResponse>.DefaultLimit, string? cursor = null)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Page<ProfileResponse>.MaxLimit, "limit", $"must be 1 to {Page<ProfileResponse>.MaxLimit}");
        errors.Check(Cursor.TryRead(cursor, out string? after), "cursor", Cursor.Rule);
        if (errors.ToProblem() is { } problem)
        {
            return problem;
        }

        // If this full page is the last, the next page is empty.
        var rows = await profiles.ListAsync(after, limit, cancellationToken);
        var items = rows.Select(row => ProfileResponse.From(JsonSerializer.Deserialize<ProfileVersion>(row.Document, ApiJson.Options)!));
        return TypedResults.Ok(new Page<ProfileResponse>([.. items], rows.Count == limit ? Cursor.From(rows[^1].Id) : null));
    }

    private static Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> GetAsync(
        string id, IGrainFactory grains, CancellationToken cancellationToken) => FindAsync(id, null, grains, cancellationToken);

    private static Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> GetVersionAsync(
        string id, int version, IGrainFactory grains, CancellationToken cancellationToken) => FindAsync(id, version, grains, cancellationToken);

    private static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> FindAsync(
        string id, int? version, IGrainFactory grains, CancellationToken cancellationToken) =>
        ProfileId.IsValid(id) && await grains.GetGrain<IProfileGrain>(id).GetAsync(version, cancellationToken) is { } found
            ? TypedResults.Ok(ProfileResponse.From(found))
            : NotFound(id, version);

    private static async Task<Results<Created<ProfileResponse>, ProblemHttpResult>> CreateAsync(
        CreateProfileRequest request, IGrainFactory grains)
    {
        if (!ProfileId.IsValid(request.Id))
        {
            return Problems.Invalid("id", ProfileId.Rule);
        }

        var reply = await grains.GetGrain<IProfileGrain>(request.Id).CreateAsync(request.ToProfile(), CancellationToken.None);
        return reply.Conflict
            ? Problems.Create(StatusCodes.Status409Conflict, $"The profile '{request.Id}' already exists; add a version to it.")
            : Stored(reply);
    }

    private static async Task<Results<Created<ProfileResponse>, ProblemHttpResult>> AddVersionAsync(
        string id, ComponentProfile profile, IGrainFactory grains)
    {
        if (!ProfileId.IsValid(id))
        {
            return NotFound(id, null);
        }

        var reply = await grains.GetGrain<IProfileGrain>(id).AddVersionAsync(profile, CancellationToken.None);
        return reply.Conflict ? NotFound(id, null) : Stored(reply);
    }

    private static Results<Created<ProfileResponse>, ProblemHttpResult> Stored(ProfileReply reply)
    {
        if (reply.Version is not { } version)
        {
            return Problems.Invalid(reply.Errors);
        }

        return TypedResults.Created(
            $"/api/profiles/{version.Reference.Id}/versions/{version.Reference.Version}", ProfileResponse.From(version));
    }

    private static ProblemHttpResult NotFound(string id, int? version) => Problems.NotFound(
        version is null ? $"profile '{FieldErrors.Shorten(id)}'" : $"version {version} of profile '{FieldErrors.Shorten(id)}'");
}
