using Chitti.Domain;
using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>Finds the faults of a profile, including those with respect to its model.</summary>
public static class ProfileErrors
{
    /// <summary>All faults by field; empty when the profile is valid.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="model">The model that the profile names; null when it is unknown.</param>
    /// <param name="knownModels">Ids of all models, for the message.</param>
    public static IReadOnlyDictionary<string, string[]> Find(ComponentProfile profile, ModelSnapshot? model, IEnumerable<string> knownModels)
    {
        var errors = ProfileValidation.Validate(profile).ToDictionary(StringComparer.Ordinal);
        if (model is null)
        {
            errors.TryAdd("model_id", [$"is '{profile.ModelId}'; existing models: {string.Join(", ", knownModels)}"]);
            return errors;
        }

        foreach (var (index, criterion) in profile.Criteria.Index())
        {
            if ((DefectCriterion?)criterion is not null && !model.Classes.Contains(criterion.Class, StringComparer.Ordinal))
            {
                errors.TryAdd(
                    $"criteria[{index}].class",
                    [$"is '{criterion.Class}'; model '{profile.ModelId}' finds: {string.Join(", ", model.Classes)}"]);
            }
        }

        return errors;
    }
}
