namespace Chitti.Reports;

/// <summary>What the report may be used for, and the signatures.</summary>
internal static class StatementSection
{
    public static void Write(Composition composition)
    {
        var details = composition.Document.Details;
        composition.Heading("Statements", 60);
        composition.Paragraph("Results relate only to the items inspected. Not to be reproduced except in full.", TextStyle.Strong);
        composition.Paragraph(
            "Standards named in this report are those that its requester or the profile cites. Neither this report nor the software "
            + "that wrote it claims conformity to any ISO, EN or ASTM standard.");
        composition.Paragraph(
            "The verdicts were given by software and follow from the image's SHA-256, the profile version, the model's SHA-256, "
            + "the software version and the execution provider; the same inputs on the same provider give the same verdicts.");
        composition.Paragraph(
            $"Meaning of the signature: {(string.IsNullOrWhiteSpace(details.SignatureMeaning) ? ReportText.NotStated : details.SignatureMeaning)}",
            TextStyle.Strong);
        composition.Flow.Space(4);
        composition.Flow.Add(new SignatureBlock(
            composition.Typesetter.Fit(NameOf(details.Operator), TextStyle.Strong, SignatureBlock.NameWidth),
            composition.Typesetter.Fit(NameOf(details.AuthorisedBy), TextStyle.Strong, SignatureBlock.NameWidth)));
    }

    private static string NameOf(string? person) => string.IsNullOrWhiteSpace(person) ? ReportText.NotStated : person;
}
