"""The network as ONNX graphs in int8, written node by node.

What the tracer of torch writes can be run, but not fast: its layer norms and heads take as long as its products. Here
each node is one that ONNX Runtime has a quick kernel for. A graph reads one window or one crop: no padding, no mask,
and, since activations are scaled by the range they take in a run, nothing that depends on what else is being read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.network import HEADS, LAYERS, TRUNK, WIDTH

MICROSOFT = "com.microsoft"
OPSET = 17
#: Seven bits a weight: eight overflow in the 16-bit sums of processors without VNNI.
MOST = 64

Floats = NDArray[np.float32]
Weights = dict[str, Floats]


class Graph:
    """Nodes in the order they run. Methods take and give the names of tensors; all have a first axis of one."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, value: NDArray[np.generic]) -> str:
        name = self._new("c")
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, dtype=np.int64))

    def node(self, kind: str, *inputs: str, out: str | None = None, domain: str = "", **settings: object) -> str:
        name = out or self._new("t")
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def linear(self, x: str, weight: Floats, bias: Floats, out: str | None = None) -> str:
        """`x` times `weight` (outputs, inputs) plus `bias`; weights int8, scaled by output, `x` scaled as it comes."""
        columns = weight.T
        scale = np.maximum(np.abs(columns).max(axis=0), 1e-12) / MOST
        whole = np.round(columns / scale).astype(np.int8)
        inputs = (x, self.constant(whole), self.constant(scale.astype(np.float32)), "", self.constant(bias))
        return self.node("DynamicQuantizeMatMul", *inputs, out=out, domain=MICROSOFT)

    def named(self, x: str, name: str, out: str | None = None) -> str:
        return self.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], out)

    def units(self, x: str) -> None:
        """Make `ones` and `noughts`, one a piece of `x` (1, n, width), for `norm`."""
        n = self.node("Slice", self.node("Shape", x), self.ints(1), self.ints(2), out="n")
        for name, value in (("ones", 1.0), ("noughts", 0.0)):
            tensor = numpy_helper.from_array(np.array([value], dtype=np.float32))
            self.node("ConstantOfShape", n, out=name, value=tensor)

    def norm(self, x: str, name: str, epsilon: float, out: str | None = None) -> str:
        """A layer norm, computed as an instance norm with pieces for channels: the runtime's is ten times as fast."""
        x = self.node("InstanceNormalization", x, "ones", "noughts", epsilon=epsilon)
        x = self.node("Mul", x, self.constant(self.weights[f"{name}.weight"]))
        return self.node("Add", x, self.constant(self.weights[f"{name}.bias"]), out=out)

    def layer(self, x: str, name: str, out: str | None = None) -> str:
        """One post-norm transformer layer (`training.network.Layer`)."""
        weight, bias = self.weights[f"{name}.qkv.weight"], self.weights[f"{name}.qkv.bias"]
        parts = zip(np.split(weight, 3), np.split(bias, 3), strict=True)
        queries, keys, values = (self.linear(x, w, b) for w, b in parts)
        y = self.node("MultiHeadAttention", queries, keys, values, domain=MICROSOFT, num_heads=HEADS)
        y = self.named(y, f"{name}.out")
        x = self.norm(self.node("Add", x, y), f"{name}.norm1", 1e-12)
        y = self.node("Gelu", self.named(x, f"{name}.up"), domain=MICROSOFT)
        y = self.named(y, f"{name}.down")
        return self.norm(self.node("Add", x, y), f"{name}.norm2", 1e-12, out)

    def tower(self, x: str, name: str, layers: int, out: str | None = None) -> str:
        for n in range(layers):
            x = self.layer(x, f"{name}.layers.{n}", out if n == layers - 1 else None)
        return x

    def save(self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto], to: Path) -> None:
        graph = helper.make_graph(self._nodes, to.stem, inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), str(to))

    def _new(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"


def windows(weights: Weights, to: Path) -> None:
    """Looked-up words (1, n, width) and shapes (1, n) → states and anchor logits. The word table is elsewhere."""
    _window(weights, "anchor", ("states", "anchor"), to)


def names(weights: Weights, to: Path) -> None:
    """Looked-up words (1, n, width) and shapes (1, n) → name logits."""
    _window(weights, "names", ("names",), to)


def _window(weights: Weights, head: str, outputs: Sequence[str], to: Path) -> None:
    g = Graph(weights)
    g.units("words")
    places = g.node("Slice", g.constant(weights["trunk.places.weight"]), g.ints(0), "n")
    x = g.node(
        "Add", g.node("Add", "words", places), g.node("Gather", g.constant(weights["trunk.shapes.weight"]), "shape")
    )
    x = g.tower(g.norm(x, "trunk.norm", 1e-12), "trunk", TRUNK, out="states")
    x = g.tower(x, "anchors.tower", LAYERS - TRUNK)
    g.named(x, f"anchors.heads.{head}", out=head)
    g.save(
        [_floats("words", "n", WIDTH), _ints("shape", "n")],
        [_floats(name, "n", None) for name in outputs],
        to,
    )


def crops(weights: Weights, choices: Sequence[str], roles: int, to: Path) -> None:
    """States (1, n, width) and marks (1, n) of one anchor → tags (1, n, roles, 3) and logits (1, labels) a choice."""
    g = Graph(weights)
    g.units("states")
    x = g.node("Add", "states", g.node("Gather", g.constant(weights["roles.marks.weight"]), "mark"))
    x = g.tower(g.norm(x, "roles.norm", 1e-5), "roles.tower", LAYERS - TRUNK)
    g.node("Reshape", g.named(x, "roles.tags"), g.ints(1, -1, roles, 3), out="tags")
    at = g.node("Cast", g.node("Equal", "mark", g.ints(1)), to=TensorProto.FLOAT)
    total = g.node("Squeeze", g.node("MatMul", g.node("Unsqueeze", at, g.ints(1)), x), g.ints(1))
    anchor = g.node("Div", total, g.node("ReduceSum", at, g.ints(1), keepdims=1))
    for n, choice in enumerate(choices):
        weight, bias = (g.constant(weights[f"roles.choose.{n}.{part}"]) for part in ("weight", "bias"))
        g.node("Gemm", anchor, weight, bias, out=choice, transB=1)
    g.save(
        [_floats("states", "n", WIDTH), _ints("mark", "n")],
        [_floats("tags", "n", roles, 3), *(_floats(choice, None) for choice in choices)],
        to,
    )


def _floats(name: str, *shape: str | int | None) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, *shape])


def _ints(name: str, *shape: str | int | None) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, [1, *shape])
