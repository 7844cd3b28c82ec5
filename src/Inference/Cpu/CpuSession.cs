using Chitti.Domain;
using Chitti.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace Chitti.Inference;

/// <summary>
/// One single-threaded ONNX Runtime session with its tensors. Takes one image, or part of one, at a time from pixels to boxes, in memory
/// that is allocated once.
/// </summary>
internal sealed class CpuSession : IDisposable
{
    private readonly OnnxModel _model;
    private readonly TimeProvider _time;
    private readonly Preprocessor _preprocessor;
    private readonly QualityMeasurement _quality;
    private readonly PictureMeasurement _picture;
    private readonly GreyChannels _grey;
    private readonly OutputDecoding _decoding;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _input;
    private readonly OrtValue _inputValue;
    private readonly OrtValue? _outputValue;
    private readonly OrtValue? _featureValue;
    private readonly float[] _features = [];
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly List<Candidate> _candidates = [];

    public CpuSession(OnnxModel model, CpuEngineOptions options)
    {
        _model = model;
        _time = options.Time;
        _preprocessor = new Preprocessor(model.Input);
        _quality = new QualityMeasurement(model.Input);
        _picture = new PictureMeasurement(model.Input);
        _grey = new GreyChannels(model.Input);
        _decoding = new OutputDecoding(model.Description.Family, model.Input, model.Description.Classes.Count);
        _inputNames = [model.Signature.InputName];
        _outputNames = model.Signature.Features is null ? [model.Signature.OutputName] : [model.Signature.OutputName, FeatureShape.OutputName];
        try
        {
            using var sessionOptions = CreateOptions();
            _session = new InferenceSession(model.File, sessionOptions);

            var (width, height) = (model.Input.Width, model.Input.Height);
            _input = GC.AllocateArray<float>(3 * width * height, pinned: true);
            var planes = model.Input.Channels == ModelChannels.Grey ? 1 : 3;
            _inputValue = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, _input.AsMemory(0, planes * width * height), [1, planes, height, width]);
            if (model.Signature.IsOutputFixed)
            {
                var shape = model.Signature.OutputShape;
                _outputValue = OrtValue.CreateTensorValueFromMemory(GC.AllocateArray<float>((int)(shape[1] * shape[2]), pinned: true), shape);
            }

            if (model.Signature.Features is { } features)
            {
                _features = GC.AllocateArray<float>(features.Length, pinned: true);
                _featureValue = OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, _features.AsMemory(), features.Dimensions);
            }

            // The first run is slow, because the runtime plans and allocates memory in it.
            Run(0.5f);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs on the caller's thread alone, without spinning workers, because there is one session per core.
    /// </summary>
    public static SessionOptions CreateOptions() => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    /// <summary>Runs the model on an image, or a part of one.</summary>
    /// <param name="pixels">What the model is to see.</param>
    /// <param name="part">Where it is in the picture.</param>
    /// <param name="letterbox">How it fits into the input.</param>
    /// <param name="comparison">What a model with <see cref="ModelChannels.ImageReferenceDifference"/> compares it with.</param>
    /// <param name="options">What the caller wants.</param>
    /// <param name="check">Compares it with the pictures of the training; null for no comparison.</param>
    /// <param name="times">Receives the time of each stage.</param>
    /// <param name="quality">Figures of the pixels, if the options ask for them.</param>
    /// <returns>
    /// Boxes in input pixels, without doubles; none from a model that needs a comparison and has none, which is not run.
    /// Valid until the next call.
    /// </returns>
    public List<Candidate> Run(
        in PixelView pixels, in Tile part, in Letterbox letterbox, Comparison? comparison, DetectionOptions options, TrainingCheck? check,
        ref StageTimes times, out ImageQuality? quality)
    {
        var begun = _time.GetTimestamp();
        _preprocessor.Fill(pixels, letterbox, _input);
        quality = options.MeasureQuality ? _quality.Measure(_input, letterbox) : null;
        var isRun = comparison is not null || !_model.Description.NeedsReference;
        var picture = isRun && check is not null ? _picture.Measure(_input, letterbox) : null;
        if (_model.Input.Channels != ModelChannels.Rgb)
        {
            _grey.Fill(letterbox, _input);
            comparison?.Draw(_grey, letterbox, part, _input);
        }

        var prepared = _time.GetTimestamp();
        _candidates.Clear();
        var inferred = isRun ? Run(options.Confidence) : prepared;
        if (picture is not null)
        {
            check!.Look(part, letterbox, picture, _features);
        }

        if (_model.Description.Family == ModelFamily.EndToEnd)
        {
            _candidates.Sort();
        }
        else
        {
            NonMaximumSuppression.Apply(_candidates, options.Iou, options.ClassAgnosticNms);
        }

        times.Preprocess += _time.GetElapsedTime(begun, prepared);
        times.Inference += _time.GetElapsedTime(prepared, inferred);
        times.Postprocess += _time.GetElapsedTime(inferred);
        return _candidates;
    }

    public void Dispose()
    {
        // Fields that a failed constructor did not reach are null.
        _session?.Dispose();
        _inputValue?.Dispose();
        _outputValue?.Dispose();
        _featureValue?.Dispose();
        _runOptions.Dispose();
    }

    /// <returns>Timestamp of the end of the model's run, before the candidates are decoded.</returns>
    private long Run(float confidence)
    {
        if (_outputValue is not null)
        {
            _session.Run(
                _runOptions, _inputNames, [_inputValue], _outputNames, _featureValue is null ? [_outputValue] : [_outputValue, _featureValue]);
            return Decode(_outputValue, confidence);
        }

        using var outputs = _session.Run(_runOptions, _inputNames, [_inputValue], _outputNames);
        if (_featureValue is not null)
        {
            outputs[1].GetTensorDataAsSpan<float>().CopyTo(_features);
        }

        return Decode(outputs[0], confidence);
    }

    private long Decode(OrtValue output, float confidence)
    {
        var ended = _time.GetTimestamp();
        var shape = output.GetTensorTypeAndShape().Shape;
        _decoding.Decode(output.GetTensorMutableDataAsSpan<float>(), (int)shape[1], (int)shape[2], confidence, _candidates);
        return ended;
    }
}
