#!/bin/sh
# Makes .venv-train (PyTorch beside the locked packages; the product's own environment stays without it) and
# installs the fonts that training draws with. A second run changes nothing.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3.11}

missing=""
if command -v dpkg-query >/dev/null 2>&1; then # elsewhere training itself says which font files are missing
    for package in $(grep -v '^#' tools/train_mrz/apt.txt); do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
    done
fi
if [ -n "$missing" ]; then
    line="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" != 0 ]; then
        echo "Missing packages. Run, as root:" >&2
        echo "$line" >&2
        exit 3
    fi
    echo "Installing Debian packages:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $line -qq
fi

if ! [ -x .venv-train/bin/python ] || ! .venv-train/bin/python -c 'import pip' >/dev/null 2>&1; then
    rm -rf .venv-train
    echo "Making .venv-train"
    "$python" -m venv .venv-train
fi
# pyproject.toml names PyTorch's version once. PyPI's x86_64 file of it brings CUDA along; the CPU build serves as well
wanted=$("$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["train"])')
echo "Installing the locked packages and $wanted (about 2 GB of disk)"
.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
# shellcheck disable=SC2086 # one word a requirement
.venv-train/bin/python -m pip install --quiet --disable-pip-version-check $wanted
