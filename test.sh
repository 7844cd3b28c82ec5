#!/usr/bin/env bash
# Installs what the tests need, builds, runs all tests, and ends with the line "N passed, N failed".
# --long adds repetitions and volume. What can't run on this machine is printed as "not run: …".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

[ "${1:-}" = --long ] && export CHITTI_LONG=1
results=$(pwd)/artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
export CHITTI_NOT_RUN_FILE=$results/not-run.txt
: >"$CHITTI_NOT_RUN_FILE"

stop() { echo "test.sh: $1" >&2; echo "0 passed, 1 failed"; exit 1; }
command -v dotnet >/dev/null || stop "the .NET SDK 10 is needed: https://dotnet.microsoft.com/download"

# Fonts for reports and labels; strace to see syncs and make them fail, faketime to shift a clock, e2fsprogs for a disk that
# fails; the servers of the cluster mode.
packages=(fonts-dejavu-core strace faketime e2fsprogs postgresql rabbitmq-server)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
    command -v apt-get >/dev/null || stop "there is no apt-get; install ${missing[*]} another way"
    # Packages must not start services: this policy script denies it during the installation.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null && $sudo chmod +x $policy
        trap '$sudo rm -f $policy' EXIT
    fi
    { $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" \
        || { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; }
    } >"$results/apt.log" 2>&1 || { tail -n 20 "$results/apt.log"; stop "could not install ${missing[*]}"; }
fi

dotnet restore --locked-mode -v quiet || stop "restore failed"
dotnet format --no-restore --verify-no-changes -v quiet || stop "the code is not formatted: run dotnet format"
dotnet run tools/Notices.cs -- --check || stop "THIRD-PARTY-NOTICES.md is out of date, see above"
dotnet build -c Release --no-restore -v quiet --nologo || stop "the build failed"

status=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
done

sort -u "$CHITTI_NOT_RUN_FILE"
count() { grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*" | awk -F'"' '{ sum += $2 } END { print sum + 0 }'; }
passed=$(count passed); failed=$(count failed)
[ "$(ls "$results"/*.trx 2>/dev/null | wc -l)" = "$(ls -d tests/*.Tests | wc -l)" ] || { status=1; failed=$((${failed:-0} + 1)); echo "a test run ended without results"; }
[ $status = 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
echo "${passed:-0} passed, ${failed:-0} failed"
[ $status = 0 ] && [ "${failed:-1}" = 0 ]
