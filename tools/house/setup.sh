#!/bin/sh
# Makes .venv with exactly what requirements.lock says. Installs missing Debian packages when it may;
# otherwise prints the one line to run and exits 3.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3.11}

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $(grep -v '^#' tools/house/apt.txt); do
        case "$package" in
        python3-venv)
            # a Python that did not come from Debian (pyenv, say) has venv of its own
            "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 && continue ;;
        esac
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
    done
fi
command -v "$python" >/dev/null 2>&1 || missing=" python3.11$missing"

if [ -n "$missing" ]; then
    line="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        as=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as="sudo"
    else
        echo "Missing packages. Run, as root:" >&2
        echo "$line" >&2
        exit 3
    fi
    echo "Installing Debian packages:$missing"
    log=$(mktemp)
    if ! { $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as $line -qq; } >"$log" 2>&1; then
        tail -5 "$log" >&2
        echo "Could not install them. Run, as root:" >&2
        echo "$line" >&2
        rm -f "$log"
        exit 3
    fi
    rm -f "$log"
fi

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
    rm -rf .venv
    echo "Making .venv"
    "$python" -m venv .venv
fi
echo "Installing the locked packages (about 1.2 GB of disk; one to three minutes the first time)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
.venv/bin/python -m bmis.kernel.catalogues pt
