#!/bin/bash
# The units of deploy/ under a real systemd, nginx at its real ports: scripts/machine/trial.sh, as root on a Debian with
# debootstrap and systemd-container. Makes a machine in a folder (kept for the next time), boots it without a network, runs within.sh in it.
set -euo pipefail
program=$(cd "$(dirname "$0")/../.." && pwd)
machine=${1:-/var/tmp/kakuho-machine}
packages=systemd,systemd-sysv,dbus,libnss-systemd,nginx-light,openssl,curl,libatomic1,procps,ca-certificates
[ -x "$machine/usr/bin/systemctl" ] || debootstrap --variant=minbase --include="$packages" bookworm "$machine"
rm -rf "$machine/opt/kakuho" "$machine/var/lib/private" "$machine"/var/lib/kakuho* "$machine/root/within.log" "$machine/etc/kakuho" "$machine"/var/log/journal/*
mkdir -p "$machine/opt/kakuho" "$machine/usr/local/lib/trial"
# What a checkout has after `npm ci && npm run build`.
tar -C "$program" --exclude=.git --exclude='./data/*' --exclude=.env -cf - . | tar -C "$machine/opt/kakuho" -xf -
cp "$program/scripts/machine/within.sh" "$machine/usr/local/lib/trial/"
litestream=${LITESTREAM_PATH:-$program/node_modules/.cache/litestream/litestream}
if [ -x "$litestream" ]; then install -m 755 "$litestream" "$machine/usr/local/bin/litestream"; fi
cat > "$machine/etc/systemd/system/trial.service" <<'E2'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash /usr/local/lib/trial/within.sh
StandardOutput=file:/root/within.log
StandardError=inherit
ExecStopPost=/usr/bin/systemctl poweroff --no-block
[Install]
WantedBy=default.target
E2
ln -sf /etc/systemd/system/trial.service "$machine/etc/systemd/system/multi-user.target.wants/trial.service"
timeout 300 systemd-nspawn -q -D "$machine" --boot --private-network --register=no --keep-unit --resolv-conf=off > "$machine/root/console.log" 2>&1 || true
cat "$machine/root/within.log"
grep -q '^all of it held$' "$machine/root/within.log"
