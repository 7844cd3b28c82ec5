namespace Chitti.Evaluation;

/// <summary>Gives the truth the names of the model's classes.</summary>
public static class ClassChoice
{
    /// <summary>Renames and leaves out classes.</summary>
    /// <param name="truth">The truth.</param>
    /// <param name="renamed">Names in the truth, and the model's names for them.</param>
    /// <param name="ignored">Names in the truth whose boxes are left out.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="TruthException">The truth has a class that the model does not find, or a name is not used.</exception>
    public static GroundTruth Apply(
        GroundTruth truth, IReadOnlyDictionary<string, string> renamed, IReadOnlyCollection<string> ignored, IReadOnlyList<string> classes)
    {
        var faults = new TruthFaults();
        var known = truth.Classes;
        foreach (var unused in renamed.Keys.Concat(ignored).Except(known, StringComparer.Ordinal))
        {
            faults.Add($"class '{unused}'", $"is not in the truth, which has {string.Join(", ", known)}");
        }

        foreach (var (name, other) in renamed.Where(pair => !classes.Contains(pair.Value, StringComparer.Ordinal)))
        {
            faults.Add($"class '{name}'", $"is to be '{other}', which the model does not find; it finds {string.Join(", ", classes)}");
        }

        var unknown = known.Except(renamed.Keys, StringComparer.Ordinal).Except(ignored, StringComparer.Ordinal).Except(classes, StringComparer.Ordinal).ToList();
        foreach (var missing in unknown)
        {
            var alike = classes.FirstOrDefault(name => Plain(name) == Plain(missing)) ?? "NAME";
            faults.Add($"class '{missing}' of the truth", $"is not among those that the model finds{(missing == unknown[0] ? $": {string.Join(", ", classes)}" : "")}; give its name with --map '{missing}={alike}', or leave its boxes out with --ignore '{missing}'");
        }

        faults.ThrowIfAny();
        var leftOut = truth.Pictures.SelectMany(picture => picture.Boxes).Where(box => ignored.Contains(box.Class, StringComparer.Ordinal)).CountBy(box => box.Class).ToList();
        return truth with
        {
            Pictures =
            [
                .. truth.Pictures.Select(picture => picture with
                {
                    Boxes =
                    [
                        .. picture.Boxes.Where(box => !ignored.Contains(box.Class, StringComparer.Ordinal))
                            .Select(box => box with { Class = renamed.GetValueOrDefault(box.Class, box.Class) }),
                    ],
                }),
            ],
            Notes =
            [
                .. truth.Notes, .. renamed.Select(pair => $"Class '{pair.Key}' of the truth counts as '{pair.Value}'."),
                .. leftOut.Select(pair => FormattableString.Invariant($"{pair.Value} boxes of class '{pair.Key}' were left out: parts with no other defect count as good, and finding them counts as a mistake.")),
            ],
        };
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
