#!/usr/bin/env bash
# Installs what the tests need, so that single tests run before the first ./test.sh, and the packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -ra packages < <(sed -n 's/^packages=(\(.*\))$/\1/p' test.sh)
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]:?test.sh names no packages}"
dotnet restore --locked-mode
