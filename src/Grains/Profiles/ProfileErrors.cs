using Chitti.Grains.Abstractions;

namespace Chitti.Grains;

/// <summary>What is wrong with a profile, held also against the models there are.</summary>
public static class ProfileErrors
{
    /// <summary>Every fault by field; empty when the profile can be used.</summary>
    public static IReadOnlyDictionary<string, string[]> Find(ComponentProfile profile, ModelShelf shelf)
    {
        var errors = ProfileValidation.Validate(profile).ToDictionary(StringComparer.Ordinal);
        if (shelf.Find(profile.ModelId) is not { } model)
        {
            errors.TryAdd("model_id", [$"is '{profile.ModelId}'; there are: {string.Join(", ", shelf.Models.Select(known => known.Description.Id))}"]);
            return errors;
        }

        foreach (var (index, criterion) in profile.Criteria.Index())
        {
            if ((DefectCriterion?)criterion is not null && !model.Description.Classes.Contains(criterion.Class, StringComparer.Ordinal))
            {
                errors.TryAdd(
                    $"criteria[{index}].class",
                    [$"is '{criterion.Class}'; model '{profile.ModelId}' finds: {string.Join(", ", model.Description.Classes)}"]);
            }
        }

        return errors;
    }
}
