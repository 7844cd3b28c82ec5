using System.Runtime.InteropServices;
using Chitti.Domain;
using Chitti.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace Chitti.Inference;

/// <summary>
/// One single-threaded ONNX Runtime session with its tensors. Takes one image at a time from pixels to detections, in memory
/// that is allocated once.
/// </summary>
internal sealed class CpuSession : IDisposable
{
    private readonly OnnxModel _model;
    private readonly TimeProvider _time;
    private readonly Preprocessor _preprocessor;
    private readonly QualityMeasurement _quality;
    private readonly OutputDecoding _decoding;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _input;
    private readonly OrtValue _inputValue;
    private readonly OrtValue? _outputValue;
    private readonly List<Candidate> _candidates = [];

    public CpuSession(OnnxModel model, CpuEngineOptions options)
    {
        _model = model;
        _time = options.Time;
        _preprocessor = new Preprocessor(model.Input);
        _quality = new QualityMeasurement(model.Input);
        _decoding = new OutputDecoding(model.Description.Family, model.Input, model.Description.Classes.Count);
        try
        {
            using var sessionOptions = CreateOptions();
            _session = new InferenceSession(model.File, sessionOptions);

            var (width, height) = (model.Input.Width, model.Input.Height);
            _input = GC.AllocateArray<float>(3 * width * height, pinned: true);
            _inputValue = OrtValue.CreateTensorValueFromMemory(_input, [1, 3, height, width]);
            if (model.Signature.IsOutputFixed)
            {
                var shape = model.Signature.OutputShape;
                _outputValue = OrtValue.CreateTensorValueFromMemory(GC.AllocateArray<float>((int)(shape[1] * shape[2]), pinned: true), shape);
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

    /// <summary>Runs the model on a decoded image.</summary>
    /// <param name="image">Disposed as soon as the input tensor is filled.</param>
    /// <param name="options">What the caller wants.</param>
    /// <param name="accepted">Timestamp of the call.</param>
    /// <param name="started">Timestamp of the beginning of the decode.</param>
    /// <param name="decoded">Timestamp of its end.</param>
    public DetectionResult Detect(DecodedImage image, DetectionOptions options, long accepted, long started, long decoded)
    {
        var begun = _time.GetTimestamp();
        var (header, waited) = (image.Header, image.Waited);
        var letterbox = Letterbox.Fit(header.Width, header.Height, _model.Input);
        ImageQuality? quality = null;
        using (image)
        {
            _preprocessor.Fill(image, letterbox, _input);
            if (options.MeasureQuality)
            {
                quality = _quality.Measure(_input, letterbox);
            }
        }

        var prepared = _time.GetTimestamp();
        var inferred = Run(options.Confidence);
        if (_model.Description.Family == ModelFamily.EndToEnd)
        {
            _candidates.Sort();
        }
        else
        {
            NonMaximumSuppression.Apply(_candidates, options.Iou, options.ClassAgnosticNms);
        }

        var findings = ToFindings(letterbox, header);
        var ended = _time.GetTimestamp();
        return new DetectionResult
        {
            Findings = findings,
            ImageWidth = header.Width,
            ImageHeight = header.Height,
            Quality = quality,
            BatchSize = 1,
            Timing = new InspectionTiming(
                Milliseconds(accepted, started) + waited.TotalMilliseconds + Milliseconds(decoded, begun),
                Milliseconds(started, decoded) - waited.TotalMilliseconds,
                Milliseconds(begun, prepared), Milliseconds(prepared, inferred),
                Milliseconds(inferred, ended), Milliseconds(accepted, ended)),
        };
    }

    public void Dispose()
    {
        // Fields that a failed constructor did not reach are null.
        _session?.Dispose();
        _inputValue?.Dispose();
        _outputValue?.Dispose();
        _runOptions.Dispose();
    }

    /// <returns>Timestamp of the end of the model's run, before the candidates are decoded.</returns>
    private long Run(float confidence)
    {
        string[] inputNames = [_model.Signature.InputName], outputNames = [_model.Signature.OutputName];
        if (_outputValue is not null)
        {
            _session.Run(_runOptions, inputNames, [_inputValue], outputNames, [_outputValue]);
            return Decode(_outputValue, confidence);
        }
        using var outputs = _session.Run(_runOptions, inputNames, [_inputValue], outputNames);
        return Decode(outputs[0], confidence);
    }

    private long Decode(OrtValue output, float confidence)
    {
        var ended = _time.GetTimestamp();
        var shape = output.GetTensorTypeAndShape().Shape;
        _decoding.Decode(output.GetTensorMutableDataAsSpan<float>(), (int)shape[1], (int)shape[2], confidence, _candidates);
        return ended;
    }

    private double Milliseconds(long from, long to) => _time.GetElapsedTime(from, to).TotalMilliseconds;

    private Finding[] ToFindings(in Letterbox letterbox, ImageHeader header)
    {
        var classes = _model.Description.Classes;
        var findings = new List<Finding>(_candidates.Count);
        foreach (ref readonly var candidate in CollectionsMarshal.AsSpan(_candidates))
        {
            var box = letterbox.ToImage(candidate);
            // A box in the padding shows nothing of the image.
            if (box.X < header.Width && box.Y < header.Height && box.X + box.Width > 0 && box.Y + box.Height > 0)
            {
                findings.Add(new Finding(candidate.ClassId, classes[candidate.ClassId], candidate.Confidence, box));
            }
        }
        return [.. findings];
    }
}
