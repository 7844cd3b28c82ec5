using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Inference;

/// <summary>Reads and writes the statistics beside a model.</summary>
internal static class StatisticsFile
{
    private const string Advice = "Compute it again with: chitti model calibrate";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="path">The file.</param>
    /// <param name="sha256">What it must hash to, as the manifest says.</param>
    /// <param name="modelSha256">Of the model's file.</param>
    /// <param name="shape">Of the model's features; null if it has no such output.</param>
    /// <exception cref="ModelFaultException">It is missing, altered, invalid or for another model.</exception>
    public static TrainingStatistics Read(string path, string sha256, string modelSha256, FeatureShape? shape)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFaultException($"The manifest names {path} as the model's statistics, which can't be read: {exception.Message} {Advice}.", exception);
        }

        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == sha256
            ? ToStatistics(path, Parse(path, bytes), modelSha256, shape)
            : throw new ModelFaultException($"{path} was altered: its SHA-256 is {found}, the manifest says {sha256}. {Advice}.");
    }

    /// <returns>The bytes of the file.</returns>
    public static byte[] Write(TrainingStatistics statistics, string modelSha256) => JsonSerializer.SerializeToUtf8Bytes(
        new StatisticsDocument
        {
            Format = StatisticsDocument.CurrentFormat,
            ModelSha256 = modelSha256,
            Pictures = statistics.Pictures,
            Features = statistics.Features is not { } features ? null : new(
                features.Limit, [.. features.Mean],
                [.. features.Covariance.EnumerateRowsIndexed().Select(row => row.Item2.Take(row.Item1 + 1).ToArray())]),
            Picture = statistics.Picture,
        },
        _json);

    private static StatisticsDocument Parse(string path, byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<StatisticsDocument>(bytes, _json)
                ?? throw new ModelFaultException($"{path} is invalid: it must contain one JSON object. {Advice}.");
        }
        catch (JsonException exception)
        {
            throw new ModelFaultException($"{path} is invalid: {exception.Message} {Advice}.", exception);
        }
    }

    private static TrainingStatistics ToStatistics(string path, StatisticsDocument document, string modelSha256, FeatureShape? shape)
    {
        var faults = new List<string>();
        if (document.Format != StatisticsDocument.CurrentFormat)
        {
            faults.Add($"it was computed by another version of Chitti: \"format\" is {document.Format}, this version reads {StatisticsDocument.CurrentFormat}");
        }

        if (document.ModelSha256 != modelSha256)
        {
            faults.Add($"it was computed for the model with the SHA-256 {document.ModelSha256}, but the model's is {modelSha256}");
        }

        if (document.Pictures < 1)
        {
            faults.Add($"\"pictures\" is {document.Pictures}; it must be at least 1");
        }

        faults.AddRange(StatisticsFaults.Of(document.Picture));
        var features = document.Features;
        if (features is null != shape is null)
        {
            faults.Add(shape is null
                ? $"it has statistics of \"features\", but the model has no such output"
                : $"the model has an output \"features\", but it has no statistics of it");
        }
        else if (features is not null)
        {
            faults.AddRange(StatisticsFaults.Of(features, shape!));
        }

        FeatureStatistics? known = null;
        if (faults.Count == 0 && features is not null && !TryCreate(features, out known))
        {
            faults.Add("\"covariance\" is not positive definite");
        }

        return faults.Count == 0
            ? new() { Pictures = document.Pictures, Features = known, Picture = document.Picture }
            : throw new ModelFaultException($"{path} is invalid:{string.Concat(faults.Select(fault => $"\n- {fault}"))}\n{Advice}.");
    }

    private static bool TryCreate(StatisticsDocument.FeatureDocument features, out FeatureStatistics? statistics)
    {
        var lower = features.Covariance;
        try
        {
            statistics = FeatureStatistics.Create(
                features.Mean,
                Matrix<double>.Build.Dense(lower.Length, lower.Length, (row, column) => row >= column ? lower[row][column] : lower[column][row]),
                features.Limit);
            return true;
        }
        catch (ArgumentException)
        {
            statistics = null;
            return false;
        }
    }
}
