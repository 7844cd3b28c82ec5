using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Site, part, procedure, equipment, dates and people.</summary>
internal static class IdentificationSection
{
    public static void Write(Composition composition)
    {
        var details = composition.Document.Details;
        var items = composition.Document.Items;
        var profiles = composition.Profiles.Where(p => p.Profile is not null).Select(p => p.Profile!).ToList();
        FieldGroup.Write(
            composition, "Site, customer",
            new("Laboratory or site", details.SiteName), new("Customer", details.Customer),
            new("Address", details.SiteAddress), new("Customer contact", details.CustomerContact));
        FieldGroup.Write(
            composition, "Part",
            new("Part id", All(items.Select(i => i.PartId))), new("Serial", details.Serial),
            new("Heat", details.Heat), new("Lot", details.Lot),
            new("Drawing", details.Drawing), new("Component type", All(profiles.Select(p => p.ComponentType))),
            new("Material", All(profiles.Select(p => ApiJson.Word(p.Material)))), new("Condition", details.Condition),
            new("Batch", All(items.Select(i => i.BatchId))));
        FieldGroup.Write(
            composition, "Procedure",
            new("Procedure, revision", details.Procedure ?? All(profiles.Select(p => p.Procedure)), Wide: true),
            new("Method standard", details.MethodStandard ?? All(profiles.Select(p => p.MethodStandard)), Wide: true),
            new("Acceptance std.", details.AcceptanceStandard ?? All(profiles.Select(p => p.AcceptanceStandard)), Wide: true),
            new("Profile", All(composition.Profiles.Select(NameOf)), Wide: true),
            new("Deviations", details.Deviations, Wide: true),
            new("Sampling plan", details.SamplingPlan, Wide: true));
        FieldGroup.Write(
            composition, "Equipment",
            new("Camera", details.Camera), new("Lens", details.Lens), new("Lighting", details.Lighting),
            new("Calibration status", details.Calibration),
            new("Mm per pixel", All(profiles.Select(p => p.MillimetresPerPixel is { } mm ? ReportText.Number(mm, "0.######") : null))));
        FieldGroup.Write(
            composition, "Dates (UTC)",
            new("Parts received", details.ReceivedAt is { } received ? ReportText.Utc(received) : null),
            new("Images accepted", Span(items.Select(i => i.ReceivedAt))),
            new("Inspected", Span(items.Select(i => i.Inspection?.CreatedAt))),
            new("Report issued", ReportText.Utc(composition.Document.IssuedAt)));
        FieldGroup.Write(
            composition, "People", new("Operator", details.Operator), new("Authorised by", details.AuthorisedBy));
    }

    public static string NameOf(UsedProfile used)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"{used.Id}, version {used.Version}");
        return used.Profile is { } profile ? $"{profile.Name} ({version})" : version;
    }

    /// <summary>
    /// The distinct values; if there are many, the first few and the number of the others, because each file's section has
    /// its own.
    /// </summary>
    private static string? All(IEnumerable<string?> values)
    {
        const int Shown = 6;
        var distinct = values.Where(v => !string.IsNullOrWhiteSpace(v)).Distinct().ToList();
        return distinct.Count switch
        {
            0 => null,
            <= Shown => string.Join("; ", distinct),
            _ => $"{string.Join("; ", distinct.Take(Shown))} and {distinct.Count - Shown} more, see each file",
        };
    }

    private static string? Span(IEnumerable<DateTimeOffset?> times)
    {
        var known = times.OfType<DateTimeOffset>().ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var (first, last) = (ReportText.Utc(known.Min()), ReportText.Utc(known.Max()));
        return first == last ? first : $"{first} to {last}";
    }
}
