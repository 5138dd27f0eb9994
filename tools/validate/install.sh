#!/usr/bin/env bash
# Install what the validators of the published files need: Debian packages when they are missing
# and we may, and the Node packages of package.json into .venv/node. Nothing else changes.
set -euo pipefail
cd "$(dirname "$0")/../.."

needs() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
missing=()
needs chromium chromium
needs node nodejs
needs npm npm
needs java default-jre-headless
needs ruby ruby
# The sanitiser of GitHub's pages and its Markdown parser; pictures need letters.
ruby -e 'require "commonmarker"; require "html/pipeline"' 2>/dev/null || missing+=(ruby-html-pipeline ruby-commonmarker)
[ -d /usr/share/fonts/truetype/dejavu ] || missing+=(fonts-dejavu-core)

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The validators need packages that are missing. On Debian or Ubuntu, as root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

[ .venv/node/.installed -nt tools/validate/package.json ] && exit 0
mkdir -p .venv/node
cp tools/validate/package.json .venv/node/package.json
# No package may run a script of its own: the jar, axe and the rest lie in the packages themselves.
(cd .venv/node && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error)
touch .venv/node/.installed
