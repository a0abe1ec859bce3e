#!/bin/sh
# Sees that Debian's packages for `run`, `test` or `audit` are here: installs them as root, else prints the one line that does.
set -eu

run="python3-venv gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
test="$run git procps curl chromium poppler-utils fonts-noto-cjk postgresql"
audit="$test"
# Node, npm and Java also come by other ways than Debian's packages.
command -v node >/dev/null || audit="$audit nodejs"
command -v npm >/dev/null || audit="$audit npm"
command -v java >/dev/null || audit="$audit default-jre-headless"

eval "wanted=\$$1"
missing=""
for package in $wanted; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "缺少系统软件包，请先执行：" >&2
  echo "  sudo apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi
echo "正在安装系统软件包：$missing"
apt-get update -qq
# Debian starts a database server with the package; our tests run their own on a free port.
[ -e /etc/postgresql-common ] || { mkdir -p /etc/postgresql-common; echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf; }
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
