#!/usr/bin/env bash
# Builds the server and the benchmark (Release) and prints the table of docs/performance.md.
# Arguments go to the benchmark: --quick, --images DIR, --memory-files N, --only start,detect,pipeline,memory,
# and refusal, which is measured only if it is named.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

command -v dotnet >/dev/null || { echo "bench.sh: the .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 2; }
for project in src/Standalone tests/Benchmarks; do
    dotnet build "$root/$project" -c Release -v quiet --nologo >&2
done
exec dotnet "$root/artifacts/bin/Benchmarks/release/Chitti.Benchmarks.dll" "$@"
