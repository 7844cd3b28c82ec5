using System.Numerics;

namespace Chitti.Inference;

/// <summary>
/// Turns the output tensor into candidates of at least a given confidence, each box with its best class only.
/// </summary>
internal sealed class OutputDecoding(ModelFamily family, InputLayout input, int classCount)
{
    private float[] _best = [];

    /// <param name="output">[rows, columns]; YOLOX's is decoded in place.</param>
    /// <param name="rows">Second dimension of the output.</param>
    /// <param name="columns">Third dimension of the output.</param>
    /// <param name="confidence">Lowest confidence of a candidate.</param>
    /// <param name="candidates">Receives the candidates; cleared first.</param>
    public void Decode(Span<float> output, int rows, int columns, float confidence, List<Candidate> candidates)
    {
        candidates.Clear();
        switch (family)
        {
            case ModelFamily.YoloV8:
                DecodeColumns(output, columns, confidence, candidates);
                break;
            case ModelFamily.EndToEnd:
                DecodeFinished(output, rows, confidence, candidates);
                break;
            default:
                if (family == ModelFamily.YoloX)
                {
                    YoloXGrid.Decode(output, columns, input.Width, input.Height);
                }

                DecodeRows(output, rows, columns, confidence, candidates);
                break;
        }
    }

    // Boxes are columns and classes are rows, so the best score of every box is found row by row.
    private void DecodeColumns(ReadOnlySpan<float> output, int anchors, float confidence, List<Candidate> candidates)
    {
        if (_best.Length < anchors)
        {
            _best = new float[anchors];
        }

        var best = _best.AsSpan(0, anchors);
        output.Slice(4 * anchors, anchors).CopyTo(best);
        for (var id = 1; id < classCount; id++)
        {
            KeepLarger(best, output.Slice((4 + id) * anchors, anchors));
        }

        for (var box = 0; box < anchors; box++)
        {
            if (!(best[box] >= confidence))
            {
                continue;
            }

            var id = 0;
            while (id < classCount - 1 && output[((4 + id) * anchors) + box] != best[box])
            {
                id++;
            }

            candidates.Add(Candidate.FromCentre(best[box], id,
                output[box], output[anchors + box], output[(2 * anchors) + box], output[(3 * anchors) + box]));
        }
    }

    private static void DecodeRows(ReadOnlySpan<float> output, int rows, int columns, float confidence, List<Candidate> candidates)
    {
        for (; rows > 0; rows--, output = output[columns..])
        {
            // Scores are at most 1, so the product can't exceed the objectness.
            if (!(output[4] >= confidence))
            {
                continue;
            }

            var scores = output[5..columns];
            var id = 0;
            for (var other = 1; other < scores.Length; other++)
            {
                if (scores[other] > scores[id])
                {
                    id = other;
                }
            }
            var score = output[4] * scores[id];
            if (score >= confidence)
            {
                candidates.Add(Candidate.FromCentre(score, id, output[0], output[1], output[2], output[3]));
            }
        }
    }

    private void DecodeFinished(ReadOnlySpan<float> output, int rows, float confidence, List<Candidate> candidates)
    {
        for (; rows > 0; rows--, output = output[6..])
        {
            if (output[4] >= confidence && output[5] >= 0 && output[5] < classCount)
            {
                candidates.Add(new Candidate(output[4], (int)output[5], output[0], output[1], output[2], output[3]));
            }
        }
    }

    private static void KeepLarger(Span<float> best, ReadOnlySpan<float> scores)
    {
        var at = 0;
        for (; at <= best.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Max(new Vector<float>(best[at..]), new Vector<float>(scores[at..])).CopyTo(best[at..]);
        }

        for (; at < best.Length; at++)
        {
            best[at] = Math.Max(best[at], scores[at]);
        }
    }
}
