using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Chitti.Inference.Tests;

public sealed class StatisticsFileTests
{
    private const string Manifest = """
        {
          "classes": ["a", "b"],   "input_width":64,
          "licence": "MIT"
        }
        """;

    private static readonly byte[] _model = Model([1, 2, 2, 2], 8);

    [Fact]
    public void Write_ModelWithManifest_KeepsTheRestOfTheManifestAsItIs()
    {
        var (path, folder) = Calibrated();

        var manifest = File.ReadAllText(Path.Combine(folder, "manifest.json"));
        Assert.StartsWith(Manifest[..^3].TrimEnd(), manifest, StringComparison.Ordinal);
        Assert.Equal(60, OnnxModel.Load(path).Description.Statistics!.Pictures);

        Calibrate(path, 70);
        Assert.Single(manifest.Split('\n'), line => line.Contains("statistics", StringComparison.Ordinal));
        Assert.Equal(70, OnnxModel.Load(path).Description.Statistics!.Pictures);
    }

    [Fact]
    public void Write_ModelWithoutManifest_MakesOne()
    {
        var path = TinyOnnx.Save(_model);

        Calibrate(path, 60);

        Assert.Equal(60, OnnxModel.Load(path).Description.Statistics!.Pictures);
    }

    [Fact]
    public void Load_WrittenStatistics_GiveTheSameDistances()
    {
        var path = TinyOnnx.Save(_model, Manifest);
        var computed = Calibrate(path, 60).Features!;

        var read = OnnxModel.Load(path).Description.Statistics!.Features!;

        Assert.Equal(computed.Limit, read.Limit);
        Assert.Equal(computed.Distance([1, 9]), read.Distance([1, 9]), 9);
    }

    [Theory]
    [InlineData("features.mean.0", "1e999", "finite|too large|could not be converted")]
    [InlineData("features.covariance.1.0", "1e300", "positive definite")]
    [InlineData("features.covariance.0.0", "-1", "positive definite")]
    [InlineData("features.covariance.1", "[1]", "row 2 of \"covariance\" has 1 values")]
    [InlineData("features.covariance", "[[1]]", "\"covariance\" has 1 rows")]
    [InlineData("features.mean", "[1, 2, 3]", "\"mean\" has 3 values, but the model's features have 2 channels")]
    [InlineData("features.limit", "0", "\"limit\" must be a number above 0")]
    [InlineData("features", "null", "the model has an output \"features\", but it has no statistics of it")]
    [InlineData("model_sha256", "\"00\"", "it was computed for the model with the SHA-256 00")]
    [InlineData("format", "0", "it was computed by another version of Chitti")]
    [InlineData("pictures", "0", "\"pictures\" is 0")]
    [InlineData("picture.grey_levels", "[]", "\"grey_levels\" has 0 ranges")]
    [InlineData("picture.edge_density.min", "2", "\"max\" below its \"min\"")]
    [InlineData("picture.flat_dark", "-1", "must be at least 0")]
    [InlineData("picture.flat_dark", "\"much\"", "flat_dark")]
    [InlineData("picture.flat", "1", "flat")]
    public void Load_InvalidStatistics_ThrowsWithTheFaultAndWhatToDo(string field, string value, string fault)
    {
        var (path, folder) = Calibrated();
        Change(folder, field, value);

        var message = Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message;

        Assert.Matches(string.Join('|', fault.Split('|').Select(System.Text.RegularExpressions.Regex.Escape)), message);
        Assert.Contains("chitti model calibrate", message, StringComparison.Ordinal);
        Assert.Null(OnnxModel.LoadWithoutStatistics(path).Description.Statistics);
    }

    [Fact]
    public void Load_AlteredStatistics_ThrowsWithBothHashes()
    {
        var (path, folder) = Calibrated();
        File.AppendAllText(Path.Combine(folder, "tiny.statistics.json"), " ");

        Assert.Contains("was altered", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingStatistics_Throws()
    {
        var (path, folder) = Calibrated();
        File.Delete(Path.Combine(folder, "tiny.statistics.json"));

        Assert.Contains("can't be read", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a.json\"")]
    [InlineData("{\"file\": \"../a.json\", \"sha256\": \"00\"}")]
    [InlineData("{\"file\": \"a.json\"}")]
    public void Load_InvalidEntryInTheManifest_Throws(string entry)
    {
        var path = TinyOnnx.Save(_model, $$"""{"statistics": {{entry}}}""");

        Assert.Contains("\"file\", a file name without folders", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FeaturesOfThreeDimensions_Throws()
    {
        var path = TinyOnnx.Save(Model([1, 2, 4], 8));

        Assert.Contains("must be [N, channels] or [N, channels, H, W], but is [1, 2, 4]", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    private static byte[] Model(int[] shape, int values) =>
        TinyOnnx.ModelWithFeatures([1, 3, 64, 64], [1, 6, 84], new float[6 * 84], shape, new float[values]);

    private static (string Path, string Folder) Calibrated()
    {
        var path = TinyOnnx.Save(_model, Manifest);
        Calibrate(path, 60);
        return (path, Path.GetDirectoryName(path)!);
    }

    private static TrainingStatistics Calibrate(string path, int count)
    {
        var random = new Random(count);
        var model = OnnxModel.LoadWithoutStatistics(path);
        var outcome = TrainingCalibration.Compute(
            [
                .. Enumerable.Range(0, count).Select(index => new TrainingPicture($"{index}", [new([[random.NextSingle(), 4 * random.NextSingle()]], new()
                {
                    GreyLevels = [0.5, 0, 0, 0, 0, 0, 0, 0.5],
                    EdgeDensity = 0.1,
                    DiagonalEdges = 0.1,
                    FlatDark = 0.1,
                    FlatBright = 0.1,
                })])),
            ],
            model.FeatureChannels);
        ModelStatistics.Write(model, outcome.Statistics!);
        return outcome.Statistics!;
    }

    /// <summary>Changes a value, and the hash in the manifest with it.</summary>
    private static void Change(string folder, string field, string value)
    {
        var path = Path.Combine(folder, "tiny.statistics.json");
        var old = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        var parts = field.Split('.');
        var holder = parts[..^1].Aggregate(root, (node, part) => (int.TryParse(part, out var at) ? node[at] : node[part])!);
        const string Place = "\"put here\"";
        if (int.TryParse(parts[^1], out var index))
        {
            holder[index] = "put here";
        }
        else
        {
            holder[parts[^1]] = "put here";
        }

        var bytes = Encoding.UTF8.GetBytes(root.ToJsonString().Replace(Place, value, StringComparison.Ordinal));
        File.WriteAllBytes(path, bytes);
        var manifest = Path.Combine(folder, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(old, Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal));
    }
}
