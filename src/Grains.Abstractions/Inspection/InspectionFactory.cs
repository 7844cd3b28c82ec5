using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>Puts an inspection together from a detector's answer and a profile.</summary>
public static class InspectionFactory
{
    /// <summary>Judges a reply of status <see cref="DetectionStatus.Found"/>.</summary>
    /// <param name="profile">The profile version to judge by.</param>
    /// <param name="overrides">Thresholds of the call, or null.</param>
    /// <param name="reply">The detector's answer.</param>
    /// <param name="createdAt">Now, UTC.</param>
    /// <param name="id">Id of the inspection; null for a direct detection.</param>
    /// <param name="fileId">The file; null for a direct detection.</param>
    /// <exception cref="ArgumentException">The reply has no findings to judge.</exception>
    public static Inspection Create(
        ProfileVersion profile,
        DetectionOverrides? overrides,
        DetectionReply reply,
        DateTimeOffset createdAt,
        Guid? id = null,
        Guid? fileId = null)
    {
        if (reply is not { Status: DetectionStatus.Found, Image: { } image, Model: { } model, Timing: { } timing })
        {
            throw new ArgumentException($"A reply of status {reply.Status} can't be judged.", nameof(reply));
        }

        var judgement = VerdictRule.Judge(profile.Profile, overrides, reply.Findings, reply.Classes, image, reply.Quality);
        return new()
        {
            Id = id,
            FileId = fileId,
            Verdict = judgement.Verdict,
            Reason = judgement.Reason,
            DecidedBy = judgement.DecidedBy,
            Indications = judgement.Indications,
            Model = model,
            Profile = profile.Reference,
            Overrides = overrides,
            SoftwareVersion = Domain.SoftwareVersion.Current,
            Image = image,
            Timing = timing,
            ExecutionProvider = reply.ExecutionProvider,
            BatchSize = reply.BatchSize,
            CreatedAt = createdAt,
        };
    }
}
