using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>Finds the faults of a profile, including those with respect to its model.</summary>
public static class ProfileErrors
{
    /// <summary>The field of classes of the model that a profile does not name.</summary>
    public const string Classes = "classes";

    /// <summary>All faults by field; empty when the profile is valid.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="model">The model that the profile names; null when it is unknown.</param>
    /// <param name="knownModels">Ids of all models, for the message.</param>
    /// <param name="unread">Fields of the JSON that have a fault already, so that the profile does not have their values.</param>
    public static IReadOnlyDictionary<string, string[]> Find(
        ComponentProfile profile, ModelSnapshot? model, IEnumerable<string> knownModels, IReadOnlyCollection<string> unread)
    {
        var errors = ProfileValidation.Validate(profile, unread).ToDictionary(StringComparer.Ordinal);
        if (model is null)
        {
            Add("model_id", $"is '{profile.ModelId}'; existing models: {string.Join(", ", knownModels)}");
            return errors;
        }

        if (model.NeedsReference && profile.References.Count == 0)
        {
            Add("references", $"is empty, and model '{profile.ModelId}' compares with them; add one, or take another model");
        }

        // The serializer lets null through as a list entry.
        var judged = profile.Criteria.Select((criterion, index) => ($"criteria[{index}].class", ((DefectCriterion?)criterion)?.Class)).ToList();
        var ignored = profile.Ignored.Select((entry, index) => ($"ignored[{index}].class", ((IgnoredClass?)entry)?.Class)).ToList();
        foreach (var (field, name) in judged.Concat(ignored))
        {
            if (name is not null && !model.Classes.Contains(name, StringComparer.Ordinal))
            {
                Add(field, $"is '{name}'; model '{profile.ModelId}' finds: {string.Join(", ", model.Classes)}");
            }
        }

        var unnamed = model.Classes.Distinct(StringComparer.Ordinal).Except(judged.Concat(ignored).Select(named => named.Class ?? ""), StringComparer.Ordinal).ToList();
        if (unnamed.Count > 0 && !unread.Any(field => field is "criteria" or "ignored" || field.EndsWith(".class", StringComparison.Ordinal) || field.EndsWith(']')))
        {
            Add(Classes, $"model '{profile.ModelId}' also finds {string.Join(", ", unnamed)}; add a criterion for each, or an entry in ignored with the reason");
        }

        return errors;

        void Add(string field, string fault)
        {
            if (!unread.Contains(field))
            {
                errors.TryAdd(field, [fault]);
            }
        }
    }
}
