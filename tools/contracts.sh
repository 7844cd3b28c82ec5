#!/usr/bin/env bash
# Regenerates the checked-in contracts between silos from the code: OrleansContracts.txt of each project with grains or grain
# interfaces, and the list of messages. Review the diff: during a rollout, silos of two builds call each other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for project in Grains.Abstractions Grains Detection; do
    rm -f "src/$project/OrleansContracts.txt"
    dotnet format analyzers "src/$project/$project.csproj" --severity info \
        --diagnostics ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0022 ORLEANS0023 ORLEANS0024
    test -f "src/$project/OrleansContracts.txt"
done

CHITTI_WRITE_CONTRACTS=1 dotnet test tests/Grains.Tests -c Release --nologo --filter ContractTests
