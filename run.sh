#!/usr/bin/env bash
# Builds and runs Chitti: without arguments the server on http://localhost:8080, with `inspect …` or `evaluate …` the command line.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

command -v dotnet >/dev/null || { echo "run.sh: the .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 2; }

# Reports and labels need a font file. If there is none, DejaVu is installed, provided that needs no password.
has_font() {
    # find fails if one of the folders is missing, so only its output counts.
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-}/.local/share/fonts" "${HOME:-}/.fonts" \
        \( -name 'DejaVuSans.ttf' -o -name 'LiberationSans-Regular.ttf' -o -name 'NotoSans-Regular.ttf' -o -name '[Aa]rial.ttf' \) -print -quit 2>/dev/null)" ]
}
if [ "$(uname)" = Linux ] && [ -z "${Chitti__FontPath:-}" ] && ! has_font; then
    echo "No font for reports was found: installing fonts-dejavu-core…" >&2
    sudo=; [ "$(id -u)" = 0 ] || sudo="sudo -n"
    if ! { command -v apt-get && { $sudo apt-get install -y --no-install-recommends fonts-dejavu-core \
            || { $sudo apt-get update && $sudo apt-get install -y --no-install-recommends fonts-dejavu-core; }; }; } >/dev/null 2>&1; then
        echo "run.sh: no font could be installed, but reports need one: install fonts-dejavu-core, or set Chitti__FontPath" >&2
    fi
fi

program=$here/artifacts/bin/Standalone/release/chitti.dll
first=; [ -e "$program" ] || first=" (the first time takes a minute)"
echo "Building Chitti$first…" >&2
log=$(mktemp); trap 'rm -f "$log"' EXIT
if ! dotnet build "$here/src/Standalone" -c Release -v quiet --nologo >"$log" 2>&1; then
    cat "$log" >&2
    echo "run.sh: the build failed" >&2
    exit 2
fi
rm -f "$log"; trap - EXIT

if [ "${1:-}" != inspect ] && [ "${1:-}" != evaluate ] && [ "${1:-}" != model ]; then
    # By default beside the sources, regardless of the current folder.
    export Chitti__DataPath="${Chitti__DataPath:-$here/data}"
    cd "$here"
fi
# glibc gives threads heaps of their own, up to eight per core, and memory that codecs free stays in them.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
exec dotnet "$program" "$@"
