using System.Globalization;

namespace Chitti.Domain;

/// <summary>Finds the faults of a profile.</summary>
public static class ProfileValidation
{
    /// <summary>Most references of a profile.</summary>
    public const int MaxReferences = 8;

    private const int MaxTextLength = 200;
    private const int MaxCriteria = 1000;
    private const int MaxCorners = 100;

    /// <summary>
    /// Every fault of a profile, by the API's field names; empty if it is valid. Lists may contain null, as in JSON.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="unread">Fields that could not be read: their values, and limits that depend on them, are not checked.</param>
    public static IReadOnlyDictionary<string, string[]> Validate(ComponentProfile profile, IReadOnlyCollection<string> unread)
    {
        var faults = new Faults(unread);
        faults.Text("name", profile.Name, required: true);
        faults.Text("component_type", profile.ComponentType, required: true);
        faults.Text("model_id", profile.ModelId, required: true);
        faults.Text("approver", profile.Approver, required: false);
        faults.Text("procedure", profile.Procedure, required: false);
        faults.Text("method_standard", profile.MethodStandard, required: false);
        faults.Text("acceptance_standard", profile.AcceptanceStandard, required: false);
        faults.Positive("millimetres_per_pixel", profile.MillimetresPerPixel);
        faults.Range("nms_iou", profile.NmsIou, 0, 1);
        if (profile.Tiles is null || Tiling.Parse(profile.Tiles) is null)
        {
            faults.Add("tiles", $"is '{profile.Tiles}'; {Tiling.Rule}");
        }

        CheckImage(profile.Image, faults);
        CheckReferences(profile, faults);

        if (profile.Criteria.Count is 0 or > MaxCriteria)
        {
            faults.Add("criteria", $"has {profile.Criteria.Count} entries; 1 to {MaxCriteria} are allowed");
        }

        foreach (var (index, criterion) in profile.Criteria.Index())
        {
            // The serializer lets null through as a list entry.
            if ((DefectCriterion?)criterion is null)
            {
                faults.Add($"criteria[{index}]", "must be an object");
            }
            else
            {
                CheckCriterion($"criteria[{index}]", criterion, profile, faults);
            }
        }

        foreach (var (index, ignored) in profile.Ignored.Index())
        {
            if ((IgnoredClass?)ignored is null)
            {
                faults.Add($"ignored[{index}]", "must be an object");
                continue;
            }

            faults.Text($"ignored[{index}].class", ignored.Class, required: true);
            faults.Text($"ignored[{index}].reason", ignored.Reason, required: true);
            faults.Range($"ignored[{index}].record_confidence", ignored.RecordConfidence, 0, 1);
        }

        CheckOnce("criteria", profile.Criteria.OfType<DefectCriterion>().Select(criterion => criterion.Class));
        CheckOnce("ignored", profile.Ignored.OfType<IgnoredClass>().Select(ignored => ignored.Class));
        foreach (var both in profile.Criteria.OfType<DefectCriterion>().Select(criterion => criterion.Class)
            .Intersect(profile.Ignored.OfType<IgnoredClass>().Select(ignored => ignored.Class), StringComparer.Ordinal))
        {
            faults.Add("ignored", $"names class '{both}', which criteria judge");
        }

        return faults.ByField();

        void CheckOnce(string field, IEnumerable<string> classes)
        {
            foreach (var twice in classes.Where(name => !string.IsNullOrEmpty(name)).CountBy(name => name, StringComparer.Ordinal).Where(pair => pair.Value > 1))
            {
                faults.Add(field, $"names class '{twice.Key}' {twice.Value} times; once is allowed");
            }
        }
    }

    private static void CheckImage(ImageRequirements image, Faults faults)
    {
        faults.Positive("image.min_width", image.MinWidth);
        faults.Positive("image.min_height", image.MinHeight);
        faults.Range("image.min_brightness", image.MinBrightness, 0, 255);
        faults.Range("image.max_brightness", image.MaxBrightness, image.MinBrightness ?? 0, 255, "image.min_brightness");
        faults.Range("image.min_sharpness", image.MinSharpness, 0, 1_000_000);
    }

    private static void CheckReferences(ComponentProfile profile, Faults faults)
    {
        faults.Range("registration.min_fit", profile.Registration.MinFit, 0, 1);
        faults.Range("registration.min_visible", profile.Registration.MinVisible, 0.4, 1);
        if (profile.References.Count > MaxReferences)
        {
            faults.Add("references", $"has {profile.References.Count} entries; at most {MaxReferences} are allowed");
        }

        foreach (var (index, reference) in profile.References.Index())
        {
            if ((ReferencePicture?)reference is null)
            {
                faults.Add($"references[{index}]", "must be an object");
                continue;
            }

            faults.Text($"references[{index}].name", reference.Name, required: false);
            if (reference.Sha256 is not { Length: 64 } || !reference.Sha256.All(char.IsAsciiHexDigitLower))
            {
                faults.Add($"references[{index}].sha256", "must be 64 hexadecimal digits in lower case");
            }
        }

        foreach (var twice in profile.References.OfType<ReferencePicture>().CountBy(one => one.Sha256, StringComparer.Ordinal).Where(pair => pair.Value > 1))
        {
            faults.Add("references", $"names {twice.Key} {twice.Value} times; once is allowed");
        }
    }

    private static void CheckCriterion(string at, DefectCriterion criterion, ComponentProfile profile, Faults faults)
    {
        faults.Text($"{at}.class", criterion.Class, required: true);
        faults.Range($"{at}.record_confidence", criterion.RecordConfidence, 0, 1);
        faults.Range($"{at}.reject_confidence", criterion.RejectConfidence, criterion.RecordConfidence, 1, $"{at}.record_confidence");
        faults.Range(
            $"{at}.review_confidence", criterion.ReviewConfidence, criterion.RecordConfidence, criterion.RejectConfidence,
            $"{at}.record_confidence", $"{at}.reject_confidence");
        faults.Positive($"{at}.max_size", criterion.MaxSize);
        faults.Range($"{at}.max_count", criterion.MaxCount, 0, 1_000_000);
        faults.Positive($"{at}.max_total_area", criterion.MaxTotalArea);
        if (criterion is { SizeUnit: LengthUnit.Millimetre } && profile.MillimetresPerPixel is null)
        {
            faults.Add($"{at}.size_unit", "is millimetre, which needs millimetres_per_pixel", "millimetres_per_pixel");
        }

        if (criterion.Zone is { } zone)
        {
            if (zone.Count is < 3 or > MaxCorners)
            {
                faults.Add($"{at}.zone", $"has {zone.Count} corners; 3 to {MaxCorners} are allowed");
            }

            foreach (var (index, corner) in zone.Index())
            {
                if ((ZonePoint?)corner is null)
                {
                    faults.Add($"{at}.zone[{index}]", "must be an object");
                    continue;
                }

                faults.Range($"{at}.zone[{index}].x", corner.X, 0, 1);
                faults.Range($"{at}.zone[{index}].y", corner.Y, 0, 1);
            }
        }
    }

    private sealed class Faults(IReadOnlyCollection<string> unread)
    {
        private readonly List<(string Field, string Message)> _all = [];

        public void Add(string field, FormattableString message) => Add(field, message.ToString(CultureInfo.InvariantCulture));

        public void Add(string field, string message, params ReadOnlySpan<string> dependsOn)
        {
            if (unread.Contains(field))
            {
                return;
            }

            foreach (var other in dependsOn)
            {
                if (unread.Contains(other))
                {
                    return;
                }
            }

            _all.Add((field, message));
        }

        public void Text(string field, string? value, bool required)
        {
            if (required ? string.IsNullOrWhiteSpace(value) : value is not null && string.IsNullOrWhiteSpace(value))
            {
                Add(field, $"is empty; 1 to {MaxTextLength} characters are allowed");
            }
            else if (value?.Length > MaxTextLength)
            {
                Add(field, $"has {value.Length} characters; at most {MaxTextLength} are allowed");
            }
            else if (value?.Any(char.IsControl) == true)
            {
                Add(field, "has control characters; none are allowed");
            }
        }

        public void Positive(string field, double? value)
        {
            if (value is { } number && !(number > 0 && double.IsFinite(number)))
            {
                Add(field, $"is {number:0.######}; it must be above 0");
            }
        }

        public void Range(string field, double? value, double lowest, double highest, params ReadOnlySpan<string> dependsOn)
        {
            // A negated comparison, so that NaN is a fault.
            if (value is { } number && !(number >= lowest && number <= highest))
            {
                Add(field, string.Create(CultureInfo.InvariantCulture, $"is {number:0.######}; {lowest:0.######} to {highest:0.######} is allowed"), dependsOn);
            }
        }

        public Dictionary<string, string[]> ByField() => _all
            .GroupBy(fault => fault.Field, StringComparer.Ordinal)
            .ToDictionary(faults => faults.Key, faults => faults.Select(fault => fault.Message).ToArray(), StringComparer.Ordinal);
    }
}
