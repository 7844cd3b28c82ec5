#!/usr/bin/env bash
# Builds Chitti and runs it: without arguments the server on http://localhost:8080, with `inspect …` the command line.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

command -v dotnet >/dev/null || { echo "run.sh: the .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 2; }

# Reports and labels need a font file. Where there is none, Debian's DejaVu is installed if that can be done unasked.
if [ "$(uname)" = Linux ] && [ -z "${Chitti__FontPath:-}" ] \
    && ! find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" \
        \( -name 'DejaVuSans.ttf' -o -name 'LiberationSans-Regular.ttf' -o -name 'NotoSans-Regular.ttf' \) 2>/dev/null | grep -q .; then
    sudo=; [ "$(id -u)" = 0 ] || sudo="sudo -n"
    if ! { command -v apt-get && { $sudo apt-get install -y --no-install-recommends fonts-dejavu-core \
            || { $sudo apt-get update && $sudo apt-get install -y --no-install-recommends fonts-dejavu-core; }; }; } >/dev/null 2>&1; then
        echo "run.sh: no font was found and none could be installed; reports need one: install fonts-dejavu-core, or set Chitti__FontPath" >&2
    fi
fi

log=$(mktemp); trap 'rm -f "$log"' EXIT
if ! dotnet build "$here/src/Standalone" -c Release -v quiet --nologo >"$log" 2>&1; then
    cat "$log" >&2
    echo "run.sh: the build failed" >&2
    exit 2
fi
program=$here/artifacts/bin/Standalone/release/chitti.dll
rm -f "$log"; trap - EXIT

if [ "${1:-}" != inspect ]; then
    # Kept beside the sources unless told otherwise, whatever folder this is called from.
    export Chitti__DataPath="${Chitti__DataPath:-$here/data}"
    cd "$here"
fi
exec dotnet "$program" "$@"
