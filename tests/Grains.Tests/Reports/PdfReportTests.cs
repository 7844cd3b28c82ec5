using Chitti.Domain;
using UglyToad.PdfPig;

namespace Chitti.Grains.Tests.Reports;

public class PdfReportTests
{
    [Fact]
    public async Task Write_EveryFieldKnown_StatesEveryField()
    {
        var item = ReportSamples.Item(indications: [ReportSamples.Indication(1), ReportSamples.Indication(2, "spur", Disposition.Accepted)]);
        var text = new PdfText(await ReportSamples.WriteAsync(ReportSamples.Document(item), ReportFormat.Pdf));

        string[] expected =
        [
            "Inspection of bare boards", "Laboratory 3", "1 Example Street", "Customer plc", "C. Contact", "SN-4711", "H-9", "L-46",
            "D-100 rev. B", "clean", "Printed board", "pcb", "PART-1", "BATCH-7", "WI-0815 rev. C", "Method M-12", "Acceptance A-600",
            "Camera 12 MP", "Lens 35 mm", "coaxial red", "valid until 2027-03-01", "0.02", "2026-11-19T07:30:00Z",
            "2026-11-20T08:00:00Z", "2026-11-20T08:00:05Z", "2026-11-20T12:00:00Z", "O. Operator", "A. Authoriser",
            "Meaning of the signature: The signer confirms the verdict.", "Lamp 2 was dimmed", "Plan S-3",
            $"replaces report {ReportSamples.Replaced}", "FAIL", "short: at least the reject threshold",
            "Decided by indication 1: short, critical, confidence 0.875", "10.5, 20.0 px", "0.210, 0.400 mm", "12.0 × 8.3 px",
            "99 px²", "0.040 mm²", "Ignored: dust, recorded from 0.25. Reason: is cleaned off later", "rejected", "accepted", "minor", "board-1.jpg", item.Sha256, new('a', 64), "Board model", "1.2.0",
            "bare-board, version 3", "confidence 0.3", "Chitti 9.8.7", "Chitti 9.9.9", "cpu", "96 × 64 px",
            "Results relate only to the items inspected.", "Not to be reproduced except in full.", "not yet a defect",
            "up to 0.3 mm", "up to 1.5 mm²", "Zone of spur, in fractions of the image's width and height: (0.1, 0.1) (0.9, 0.1) (0.5, 0.9)", "P. Approver", "2026-11-01", "sharpness from 12.5",
        ];
        Assert.All(expected, field => Assert.True(text.Contains(field), field));
    }

    [Fact]
    public async Task Write_NothingKnown_SaysWhatIsNotStated()
    {
        var item = ReportSamples.Item() with { Profile = null, PartId = null, BatchId = null, ReceivedAt = null, FileId = null };
        var document = ReportSamples.Document(item) with { Details = new() };
        var text = new PdfText(await ReportSamples.WriteAsync(document, ReportFormat.Pdf));

        Assert.True(text.Contains("Not stated: camera, lens, lighting, calibration status, mm per pixel"));
        Assert.True(text.Contains("Not stated: operator, authorised by"));
        Assert.True(text.Contains("Meaning of the signature: not stated"));
        Assert.True(text.Contains("criteria of this profile version are not stated"));
        Assert.False(text.Contains("replaces report"));
    }

    [Fact]
    public async Task Write_Fonts_AreEmbedded()
    {
        var pdf = await ReportSamples.WriteAsync(ReportSamples.Document(ReportSamples.Item()), ReportFormat.Pdf);
        var source = System.Text.Encoding.Latin1.GetString(pdf);

        using var document = PdfDocument.Open(pdf);
        Assert.All(document.GetPages().SelectMany(p => p.Letters), letter => Assert.Contains('+', letter.FontName!));
        Assert.Equal(2, PdfTextCount(source, "/FontFile2"));
        Assert.Contains("<pdfaid:part>2</pdfaid:part>", source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ManyPages_EveryPageHasIdNumberAndTotal()
    {
        var indications = Enumerable.Range(1, 300).Select(n => ReportSamples.Indication(n)).ToList();
        var text = new PdfText(await ReportSamples.WriteAsync(
            ReportSamples.Document(ReportSamples.Item(indications: indications)), ReportFormat.Pdf));

        Assert.True(text.Count > 10);
        for (var page = 0; page < text.Count; page++)
        {
            Assert.Contains(PdfText.Squeeze($"page {page + 1} of {text.Count}"), text[page], StringComparison.Ordinal);
            Assert.Contains(PdfText.Squeeze($"Report {ReportSamples.Id}"), text[page], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_ThreeHundredIndications_RepeatTheHeaderAndCropEach()
    {
        var indications = Enumerable.Range(1, 300).Select(n => ReportSamples.Indication(n)).ToList();
        var pdf = await ReportSamples.WriteAsync(ReportSamples.Document(ReportSamples.Item(indications: indications)), ReportFormat.Pdf);
        var text = new PdfText(pdf);

        var tablePages = Enumerable.Range(0, text.Count).Where(p => text[p].Contains("10.5,20.0px", StringComparison.Ordinal)).ToList();
        Assert.All(tablePages, page => Assert.Contains("No.PictureClass", text[page], StringComparison.Ordinal));
        Assert.Equal(300, text.Occurrences("10.5, 20.0 px"));
        using var document = PdfDocument.Open(pdf);
        Assert.Equal(301, document.GetPages().Sum(p => p.GetImages().Count()));
    }

    [Fact]
    public async Task Write_EndMark_IsTheLastContentAndThereOnce()
    {
        var text = new PdfText(await ReportSamples.WriteAsync(
            ReportSamples.Document(ReportSamples.Item(), ReportSamples.Item(Verdict.Pass)), ReportFormat.Pdf));

        var mark = PdfText.Squeeze($"— End of report {ReportSamples.Id} —");
        Assert.EndsWith(mark, text.All, StringComparison.Ordinal);
        Assert.Equal(1, text.Occurrences(mark));
    }

    [Fact]
    public async Task Write_SameDocument_GivesTheSamePages()
    {
        var document = ReportSamples.Document(ReportSamples.Item(indications: [ReportSamples.Indication(1)]));

        Assert.Equal(
            new PdfText(await ReportSamples.WriteAsync(document, ReportFormat.Pdf)).All,
            new PdfText(await ReportSamples.WriteAsync(document, ReportFormat.Pdf)).All);
    }

    [Fact]
    public async Task Write_FailedFile_SaysWhyAndGivesNoVerdict()
    {
        var text = new PdfText(await ReportSamples.WriteAsync(
            ReportSamples.Document(ReportSamples.Unreadable("unexpected end of data")), ReportFormat.Pdf));

        Assert.True(text.Contains("NOT INSPECTED"));
        Assert.True(text.Contains("unexpected end of data"));
        Assert.True(text.Contains("No verdict was given."));
    }

    [Fact]
    public async Task Write_UnusualNames_StayInsideThePage()
    {
        var name = new string('W', 200) + "漢字\u0001\r\n\U0001F600.jpg";
        var pdf = await ReportSamples.WriteAsync(
            ReportSamples.Document(
                ReportSamples.Item(name: name, indications: [ReportSamples.Indication(1, name)]), ReportSamples.Item(Verdict.Pass, name: name)),
            ReportFormat.Pdf);

        using var document = PdfDocument.Open(pdf);
        Assert.All(document.GetPages().SelectMany(p => p.Letters), letter => Assert.InRange(letter.BoundingBox.Right, 42, 554));
        Assert.True(new PdfText(pdf).Contains("��"));
    }

    [Fact]
    public async Task Write_NoItems_IsRefused()
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            await Assert.ThrowsAsync<ArgumentException>(() => ReportSamples.WriteAsync(ReportSamples.Document(), format));
        }
    }

    private static int PdfTextCount(string source, string word) => source.Split(word).Length - 1;
}
