using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Domain;
using FsCheck.Xunit;

namespace Chitti.Grains.Tests;

/// <summary>The JSON of an inspection is the same everywhere: in the API, in reports and in the database.</summary>
public class InspectionJsonTests
{
    private const string Golden = """{"id":"019ce9f4-7001-7aaa-9bbb-0123456789ab","file_id":"019ce9f4-6a05-7c3e-8f11-2b0d4c6e8a01","verdict":"fail","reason":"open with confidence 0.91 reaches 0.50","decided_by":1,"indications":[{"number":1,"class":"open","class_id":0,"confidence":0.91,"severity":"critical","box":{"x":10.5,"y":20.25,"width":30,"height":40},"area":1200,"disposition":"rejected"}],"model":{"id":"pcb-defects","name":"PCB defects","version":"1.0","sha256":"ab54d286c56ecf0ff1c3f1f6d2c0d0d6f6a1f7d2c3b4a5968778695a4b3c2d1e"},"profile":{"id":"pcb-defects","version":3},"overrides":{"confidence":0.4,"iou":0.6,"tiles":"7x5"},"software_version":"0.1.0","image":{"width":4032,"height":3024,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"timing":{"queue_ms":1.5,"decode_ms":24.75,"preprocess_ms":3.125,"inference_ms":14.5,"postprocess_ms":0.5,"total_ms":44.375},"execution_provider":"cpu","batch_size":1,"created_at":"2026-03-14T09:26:55.589+00:00","gates":[{"name":"scale","value":0.16,"limit":0.75,"passed":false,"reason":"the picture is too large"}],"coverage":0.5,"tiles":35,"registration":{"reference_sha256":"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9","fit":0.75,"visible":0.875,"image_to_reference":[1,0.25,-3.5,-0.25,1,4,0,0]},"training_knowledge":"picture","training_note":"the gate that checks whether the picture looks like what the model was trained on is weak: it compares grey levels, edges and plain areas, not what the model sees"}""";

    /// <summary>As release 0.1.0 wrote it to the database.</summary>
    private const string Release010 = """{"id":"01a2057b-6bf2-73b3-9297-3c6faf66d5ad","file_id":"01a2057b-6919-7458-8416-051b8a1168d3","verdict":"fail","reason":"open (critical) with confidence 0.85, rejected from 0.50","decided_by":1,"indications":[{"number":1,"class":"open","class_id":0,"confidence":0.8462,"severity":"critical","box":{"x":173.68,"y":117.55,"width":31.96,"height":41.11},"area":1313.65,"accepted":false}],"model":{"id":"pcb-defects","name":"PCB defects (PcbNet-s)","version":"1.0.0","sha256":"af1b4960da5942154f56fd61023062f7ab2308109720ba61c0560ea63d1196c3"},"profile":{"id":"pcb-defects","version":1},"overrides":null,"software_version":"0.1.0\u002B8457bf2bf509","image":{"width":640,"height":640,"sha256":"7f00ec4ddfe744f98dd065f738949486d40941213666ae5bc82e1503312d8820"},"timing":{"queue_ms":5.203,"decode_ms":61.87,"preprocess_ms":25.51,"inference_ms":122.446,"postprocess_ms":8.156,"total_ms":223.187},"execution_provider":"cpu","batch_size":1,"created_at":"2026-11-22T22:58:24.3701223+00:00"}""";

    [Fact]
    public void Serialize_Stored_IsTheGoldenText() => Assert.Equal(Golden, Write(Samples.Inspection));

    [Fact]
    public void Serialize_NotStored_LeavesOutTheIdsAndWritesOtherNulls()
    {
        var direct = JsonNode.Parse(Golden)!.AsObject();
        direct.Remove("id");
        direct.Remove("file_id");
        direct["overrides"] = null;
        direct["decided_by"] = null;

        Assert.Equal(
            direct.ToJsonString(),
            JsonNode.Parse(Write(Samples.Inspection with { Id = null, FileId = null, Overrides = null, DecidedBy = null }))!.ToJsonString());
    }

    [Fact]
    public void Serialize_StrictlyAsTheApi_IsTheSameText() =>
        Assert.Equal(Golden, JsonSerializer.Serialize(Samples.Inspection, ApiJson.Strict));

    [Theory]
    [InlineData(Golden)]
    [InlineData(Release010)]
    public void Deserialize_WhatWasWritten_GivesEveryFieldBack(string json)
    {
        var written = JsonNode.Parse(json)!;

        // The area is computed from the rounded box; release 0.1.0 computed it before rounding.
        var indication = written["indications"]![0]!.AsObject();
        var box = indication["box"]!;
        indication["area"] = Math.Round((float)box["width"]! * (float)box["height"]!, 2);

        if (indication.Remove("accepted"))
        {
            indication["disposition"] = "rejected";

            // That release checked no conditions.
            written["gates"] = new JsonArray();
            written["coverage"] = null;
            written["tiles"] = 0;
            written["registration"] = null;
            written["training_knowledge"] = null;
            written["training_note"] = null;
        }

        Assert.Equal(written.ToJsonString(), JsonNode.Parse(Write(Read(json)))!.ToJsonString());
    }

    /// <summary>Single precision gives the same digits as the doubles that release 0.1.0 rounded.</summary>
    [Property]
    public bool Serialize_RoundedFinding_HasTheDigitsOfTheRoundedDouble(ushort whole, ushort part, bool left)
    {
        var raw = (whole + (part / 65_536f)) * (left ? -1 : 1);
        var rounded = new Finding(0, "open", part / 65_536f, new(raw, raw, raw, raw)).Rounded();

        return JsonSerializer.Serialize(rounded.Box.X) == JsonSerializer.Serialize(Math.Round((double)raw, 2))
            && JsonSerializer.Serialize(rounded.Confidence) == JsonSerializer.Serialize(Math.Round(part / 65_536.0, 4))
            && rounded.Rounded() == rounded;
    }

    private static string Write(Inspection inspection) => JsonSerializer.Serialize(inspection, ApiJson.Options);

    private static Inspection Read(string json) => JsonSerializer.Deserialize<Inspection>(json, ApiJson.Options)!;
}
