using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

/// <summary>The boards of DeepPCB's validation list.</summary>
internal static class DeepPcb
{
    /// <summary>A picture with the boxes that the training framework found in it.</summary>
    public static EvaluatedPicture Observe(TruthPicture picture, JsonElement found, string[] classes) => new(picture, picture.File, new()
    {
        Classes = classes,
        Image = new(picture.Width, picture.Height, picture.File),
        Findings =
        [
            .. found.EnumerateArray().Select(one => new Finding(
                one.GetProperty("class_id").GetInt32(), one.GetProperty("class").GetString()!, one.GetProperty("confidence").GetSingle(),
                one.GetProperty("box").EnumerateArray().Select(value => value.GetSingle()).ToArray() is [var x, var y, var width, var height] ? new Box(x, y, width, height) : default)),
        ],
    }, null);

    /// <summary>Writes the ground truth of a folder of boards in DeepPCB's own form.</summary>
    public static void WriteTruth(TempFolder folder, string boards)
    {
        foreach (var board in JsonDocument.Parse(File.ReadAllBytes(Path.Combine(boards, "ground-truth.json"))).RootElement.EnumerateObject())
        {
            folder.Write($"truth/{Path.ChangeExtension(board.Name, ".txt")}", string.Concat(board.Value.EnumerateArray()
                .Select(box => box.EnumerateArray().Select(value => value.GetInt32()).ToArray())
                .Select(box => FormattableString.Invariant($"{box[0]} {box[1]} {box[2]} {box[3]} {box[4] + 1}\n"))));
        }
    }
}
