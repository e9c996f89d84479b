#!/bin/sh
# Opens the desktop on the training home; where there is no display, walks the same journey offscreen
# and leaves its pictures, the slip and the crossing in build/demo.
set -eu
cd "$(dirname "$0")/../.."
home=${BMIS_HOME:-build/training-home}
if [ -z "${BMIS_DEMO:-}" ] && { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }; then
    [ -f "$home/home.json" ] || .venv/bin/bmis --home "$home" init --post MZ.L.RSG --lane 1 --training
    echo "Treino: utilizador officer, palavra-passe treino"
    exec .venv/bin/bmis --home "$home" run
fi
exec env QT_QPA_PLATFORM=offscreen .venv/bin/python -m tools.demo_walk --out build/demo
