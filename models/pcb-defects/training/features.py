"""Adds the output `features` to an exported model, for `chitti model calibrate`.

    python3 features.py pcb-defects.onnx with-features.onnx
Output 'features' float32 (N, 232, 5, 5): the means of the net's layers of stride 2, 4, 8 and 16 and of the layer
that feeds the head of stride 8, each over 25 squares of 128x128 input pixels. Nothing else is changed: output0 stays as it
was to the bit. The names are those that export.py gives; both models have them.
"""
import argparse

import onnx
from onnx import TensorProto, helper

SIDE, PLACES = 640, 5
LAYERS = [  # tensor, stride
    ("/net/s4/s4.0/Relu_output_0", 2),
    ("/net/s4/s4.2/leave/Relu_output_0", 4),
    ("/net/s8/s8.1/leave/Relu_output_0", 8),
    ("/net/s16/s16.2/leave/Relu_output_0", 16),
    ("/net/merge/leave/Relu_output_0", 8),
]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("source")
    p.add_argument("target")
    a = p.parse_args()
    model = onnx.load(a.source)
    if any(o.name == "features" for o in model.graph.output):
        raise SystemExit(a.source + " has an output 'features' already")
    width = {i.name: i.dims[0] for i in model.graph.initializer if i.name.endswith(".bias")}
    pooled, channels = [], 0
    for tensor, stride in LAYERS:
        conv = next(n for n in model.graph.node if n.op_type == "Conv" and n.output[0] == tensor.replace("Relu_", "conv/Conv_"))
        side = SIDE // stride // PLACES
        pooled.append("features/" + str(len(pooled)))
        channels += width[conv.input[2]]
        model.graph.node.append(helper.make_node(
            "AveragePool", [tensor], [pooled[-1]], name=pooled[-1], kernel_shape=[side, side], strides=[side, side]))
    model.graph.node.append(helper.make_node("Concat", pooled, ["features"], name="features", axis=1))
    model.graph.output.append(helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", channels, PLACES, PLACES]))
    onnx.checker.check_model(model)
    onnx.save(model, a.target)
    print("features: %d channels, %d x %d places" % (channels, PLACES, PLACES))


if __name__ == "__main__":
    main()
