using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway;

/// <summary>Reads an upload into staged files, and stops at the first part that can't be accepted.</summary>
internal sealed class UploadReader(PartStager stager, IOptions<LimitOptions> limits)
{
    internal const string FileField = "file";

    private const int MaxFieldBytes = 1_000;

    private static readonly string[] _fields = ["profile_id", "part_id", "batch_id"];

    /// <summary>Reads to the end or to the first fault, and stores it as the form's problem.</summary>
    internal async Task ReadAsync(MultipartBody body, UploadForm form, CancellationToken cancellationToken)
    {
        while (form.Problem is null && await body.NextAsync(cancellationToken) is { } part)
        {
            form.Problem = part.Name == FileField
                ? await ReadFileAsync(part, form, cancellationToken)
                : await ReadFieldAsync(part, form, cancellationToken);
        }

        form.Problem ??= Validate(form);
    }

    private async Task<ProblemHttpResult?> ReadFileAsync(MultipartPart part, UploadForm form, CancellationToken cancellationToken)
    {
        if (form.Files.Count == limits.Value.MaxUploadParts)
        {
            return Problems.Invalid(FileField, $"at most {limits.Value.MaxUploadParts} files are allowed per upload");
        }

        var (file, problem) = await stager.StageAsync(part, form.Files.Count + 1, cancellationToken);
        if (file is not null)
        {
            form.Add(file);
        }

        return problem;
    }

    private static async Task<ProblemHttpResult?> ReadFieldAsync(MultipartPart part, UploadForm form, CancellationToken cancellationToken)
    {
        if (!_fields.Contains(part.Name))
        {
            return Problems.Invalid(
                part.Name.Length == 0 ? "body" : FieldErrors.Shorten(part.Name),
                $"is not a field of an upload; the fields are {FileField}, {string.Join(", ", _fields)}");
        }

        if (await part.ReadTextAsync(MaxFieldBytes, cancellationToken) is not { } text)
        {
            return Problems.Invalid(part.Name, $"must be at most {MaxFieldBytes} bytes");
        }

        return form.Fields.TryAdd(part.Name, text) ? null : Problems.Invalid(part.Name, "must occur at most once");
    }

    private static ProblemHttpResult? Validate(UploadForm form)
    {
        var errors = new FieldErrors();
        errors.Check(form.Files.Count > 0, FileField, "must occur at least once");
        errors.CheckLabel("part_id", form.Field("part_id"));
        errors.CheckLabel("batch_id", form.Field("batch_id"));
        errors.Check(form.Field("profile_id") is not { } profile || ProfileId.IsValid(profile), "profile_id", ProfileId.Rule);
        return errors.ToProblem();
    }
}
