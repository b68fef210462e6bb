"""Holds docs/space.schema.json against the program: both accept the same space files and refuse the same ones.

Usage: test_space_schema.py SPACEWRIGHT-CLI SCHEMA
"""
import json
import subprocess
import sys
import tempfile

import jsonschema

program, schema_path = sys.argv[1:]
with open(schema_path) as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)


def output(*arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def program_accepts(space):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        json.dump(space, file)
        file.flush()
        return subprocess.run([program, "spaces", "--show", file.name], capture_output=True).returncode == 0


names = [space["name"] for space in json.loads(output("spaces", "--json"))]
assert len(names) > 60, names
for name in names:
    validator.validate(json.loads(output("spaces", "--show", name)))

listed = json.loads(output("spaces", "--show", "ResNet-50"))
good = [
    {},
    {"family": "regnet", "w_0": {"low": 24}},
    {"family": "regnet", "stages": [2, 4]},
    {"rate": {"low": 0.01, "high": 0.1}, "constraints": ["rate=0.02:0.05"]},
    {"network": {"activation": "silu", "se_ratio": 0.25}, "stages": 5},
    {"networks": listed["networks"], "weight_decay": {"low": 1e-5, "high": 1e-3}},
]
bad = [
    {"depht": {"low": 1}},
    {"family": "resnet"},
    {"stages": 0},
    {"stages": 4.5},
    {"w_0": {"low": 24}},
    {"family": "regnet", "width": {"low": 24}},
    {"depth": 3},
    {"depth": {"distribution": "normal"}},
    {"depth": {"quantum": 0}},
    {"depth": {"step": 2}},
    {"network": {"block": "resnet"}},
    {"network": {"stem": "simple_stem_in", "colour": "blue"}},
    {"rate": 0.1},
    {"rate": {"low": 0.1}},
    {"weight_decay": {"low": 0, "high": 1}},
    {"constraints": "shared b"},
    {"constraints": [3]},
    {"networks": []},
    {"networks": [{"depths": [1]}]},
    {"networks": listed["networks"], "depth": {"low": 1}},
]
wrong = [f"accepted by the {who}: {space}" for space in bad
         for who, accepts in (("schema", validator.is_valid), ("program", program_accepts)) if accepts(space)]
wrong += [f"refused by the {who}: {space}" for space in good
          for who, accepts in (("schema", validator.is_valid), ("program", program_accepts)) if not accepts(space)]
sys.exit("\n".join(wrong) or 0)
