using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Component profiles and their versions.</summary>
internal static class ProfileEndpoints
{
    internal static RouteGroupBuilder MapProfiles(this RouteGroupBuilder api, LimitOptions limits)
    {
        var profiles = api.MapGroup("/profiles").WithTags("Profiles");
        profiles.MapGet("/", ListAsync).WithSummary("Lists the newest version of each profile, by id").Refuses(400);
        profiles.MapPost("/", CreateAsync).WithSummary("Creates a profile").Refuses(400, 403, 409, 413, 415, 422, 507)
            .WithMetadata(new MoreFaults(ProfileFaults.AddAsync));
        profiles.MapGet("/{id}", GetAsync).WithSummary("Gets the newest version of a profile").Refuses(404);
        profiles.MapGet("/{id}/versions/{version:int}", GetVersionAsync).WithSummary("Gets one version of a profile").Refuses(404);
        profiles.MapPost("/{id}/versions", AddVersionAsync)
            .WithSummary("Adds a version; existing inspections do not change").Refuses(400, 403, 404, 413, 415, 422, 507)
            .WithMetadata(new MoreFaults(ProfileFaults.AddAsync));
        profiles.MapReferences(limits);
        return profiles;
    }

    private static async Task<Results<Ok<Page<ProfileResponse>>, ProblemHttpResult>> ListAsync(
        IProfileList profiles, CancellationToken cancellationToken, [FromQuery] int limit = Page<ProfileResponse>.DefaultLimit, [FromQuery] string? cursor = null)
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
        CreateProfileRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!ProfileId.IsValid(request.Id))
        {
            return Problems.Invalid(await ProfileFaults.AddAsync("id", ProfileId.Rule, request, grains, cancellationToken));
        }

        var reply = await grains.GetGrain<IProfileGrain>(request.Id).CreateAsync(request.ToProfile(), CancellationToken.None);
        return reply.Conflict
            ? Problems.Create(StatusCodes.Status409Conflict, $"The profile '{request.Id}' already exists; add a version to it.")
            : Stored(reply);
    }

    private static async Task<Results<Created<ProfileResponse>, ProblemHttpResult>> AddVersionAsync(
        string id, AddVersionRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!ProfileId.IsValid(id))
        {
            return NotFound(id, null);
        }

        if (request.Id is { } named && named != id)
        {
            var fault = $"is '{FieldErrors.Shorten(named)}'; the version would be added to '{id}'";
            return Problems.Invalid(await ProfileFaults.AddAsync("id", fault, request, grains, cancellationToken));
        }

        var reply = await grains.GetGrain<IProfileGrain>(id).AddVersionAsync(request.ToProfile(), CancellationToken.None);
        return reply.Conflict ? NotFound(id, null) : Stored(reply);
    }

    internal static Results<Created<ProfileResponse>, ProblemHttpResult> Stored(ProfileReply reply)
    {
        if (reply.Version is not { } version)
        {
            // Everything can be read and is allowed; it only does not say enough about the model.
            return Problems.Invalid(reply.Errors, reply.Errors.Keys.All(field => field == ProfileErrors.Classes)
                ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest);
        }

        return TypedResults.Created(
            $"/api/profiles/{version.Reference.Id}/versions/{version.Reference.Version}", ProfileResponse.From(version));
    }

    internal static ProblemHttpResult NotFound(string id, int? version) => Problems.NotFound(
        version is null ? $"profile '{FieldErrors.Shorten(id)}'" : $"version {version} of profile '{FieldErrors.Shorten(id)}'");
}
