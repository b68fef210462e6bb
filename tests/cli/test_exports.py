"""Trains eight different networks, exports each in every format and computes with what was written.

Usage: test_exports.py SPACEWRIGHT-CLI NETWORKS.json [REGNET-SAMPLES]

torch is needed; torchvision, timm, onnx and onnxruntime are used where they are installed, and the table says which.
Each is held against the exported file of plain torch.nn on 64 validation images, and that one against the program's own
logits: the largest difference must stay below 1e-4 of the largest logit. Then as many RegNet samples as asked for (100)
are built from (d, w_0, w_a, w_m) by the libraries, and what the program says of them must be true.
"""
import gzip
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

import torch

program, networks = sys.argv[1:3]
samples = int(sys.argv[3]) if len(sys.argv) > 3 else 100
folder = tempfile.TemporaryDirectory()
study = os.path.join(folder.name, "eight.study")
rows = []
weights = ["safetensors", "state_dict", "torchscript", "onnx"]


def installed(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


torchvision, timm, onnx, onnxruntime = map(installed, ["torchvision", "timm", "onnx", "onnxruntime"])


def run(*arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def export_all(format, *options):
    """By model: the path of the file, or the sentence why it cannot be written."""
    target = os.path.join(folder.name, format + "".join(options))
    result = run("export", study, "--model", *range(1, 9), "--format", format, "-o", target, "--json", *options)
    entries = json.loads(result.stdout)
    assert (result.returncode == 0) == all("error" not in e for e in entries), result.stderr
    for e in entries:
        assert "error" in e or os.path.getsize(e["file"]) > 0, e
        assert format not in weights or e.get("logits_difference", 1) < 1e-4, e
    return {model: e.get("error") or e["file"] for model, e in enumerate(entries, 1)}


def module(path):
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def images(code):
    """64 validation images as the program feeds them: Fashion-MNIST's last training images."""
    with gzip.open("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz") as file:
        pixels = torch.frombuffer(bytearray(file.read()[16:]), dtype=torch.uint8).reshape(-1, 1, 28, 28)[-64:]
    return (pixels.float() / 255 - code.MEAN[0]) / code.DEVIATION[0]


def record(model, format, consumer, logits, expected):
    difference = ((logits - expected).abs().max() / expected.abs().max()).item()
    rows.append((model, format, consumer, difference))
    assert difference < 1e-4, rows[-1]


def check_onnx(model, path, format, batch, expected):
    if onnx:
        onnx.checker.check_model(onnx.load(path), full_check=True)
        rows.append((model, format, f"onnx.checker {onnx.__version__}: valid", None))
    if onnxruntime:
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        logits = torch.tensor(session.run(["logits"], {"images": batch.numpy()})[0])
        record(model, format, f"onnxruntime {onnxruntime.__version__}", logits, expected)


def check_library(library, name, model, batch, expected):
    path = files[name][model]
    if not os.path.exists(path):
        rows.append((model, name, path, None))
    elif library:
        network = module(path).load(files["state_dict"][model])
        record(model, name, f"{name} {library.__version__}", network(batch), expected)


def check_model(model):
    code = module(files["pytorch"][model])
    code.check(files["state_dict"][model])
    batch, torch_words = images(code), f"torch {torch.__version__}"
    expected = code.load(files["state_dict"][model])(batch)
    for fold, note in [("", ""), ("--fold", " folded")]:
        plain = module(files["pytorch" + fold][model])
        for format in ["safetensors", "state_dict"]:
            path = files[format + fold][model]
            plain.check(path)
            record(model, format + note, torch_words, plain.load(path)(batch), expected)
        script = torch.jit.load(files["torchscript" + fold][model])
        record(model, "torchscript" + note, torch_words, script(batch), expected)
        check_onnx(model, files["onnx" + fold][model], "onnx" + note, batch, expected)
    check_library(torchvision, "torchvision", model, batch, expected)
    check_library(timm, "timm", model, batch, expected)


def stages(network):
    return list(zip(network["depths"], network["widths"], network["group_widths"]))


def torchvision_stages(p):
    from torchvision.models.regnet import BlockParams

    b = BlockParams.from_init_params(p["depth"], p["w_0"], p["w_a"], p["w_m"], p["group_width"], 1 / p["bottleneck_ratio"])
    return list(zip(b.depths, b.widths, b.group_widths))


def timm_stages(p):
    from timm.models.regnet import RegNet, RegNetCfg

    cfg = RegNetCfg(p["depth"], p["w_0"], p["w_a"], p["w_m"], p["group_width"], 1 / p["bottleneck_ratio"])
    return [(s["depth"], s["out_chs"], s["group_size"]) for s in RegNet._get_stage_args(None, cfg)[0]]


def check_statements():
    """What the program says of (d, w_0, w_a, w_m) in a library, against that library."""
    drawn = json.loads(run("sample", "--space", "RegNetX", "-n", samples, "--seed", 7, "--json").stdout)["networks"]
    for name, library, built in [("torchvision", torchvision, torchvision_stages), ("timm", timm, timm_stages)]:
        exact = 0
        for network in drawn if library else []:
            said = network["short_forms"][name]
            truth = built(network["regnet"])
            exact += said == "exact"
            runs = name != "timm" or len(truth) == 4
            assert (said == "exact") == (runs and truth == stages(network)), (said, truth, network)
        if library:
            print(f"{name}: {exact} of {len(drawn)} RegNetX samples are exact from (d, w_0, w_a, w_m); all statements true")


torch.set_grad_enabled(False)
made = run("new", study, "--space", networks, "--models", 8, "--training-images", 4000, "--validation-images", 500)
assert made.returncode == 0, made.stderr
trained = run("run", study)
assert trained.returncode == 0 and "8 finished" in trained.stdout, trained.stdout
files = {format: export_all(format) for format in ["pytorch", "torchvision", "timm", *weights]}
files.update({format + "--fold": export_all(format, "--fold") for format in ["pytorch", *weights]})
for model in range(1, 9):
    check_model(model)
check_statements()
for model, format, consumer, difference in rows:
    print(f"{model}  {format:20}  {consumer:28}  {'' if difference is None else f'{difference:.1e}'}")
print("not installed:", [n for n, m in [("torchvision", torchvision), ("timm", timm), ("onnx", onnx), ("onnxruntime", onnxruntime)] if not m])
