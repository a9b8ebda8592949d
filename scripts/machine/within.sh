#!/bin/bash
# Within the machine of trial.sh: one survey and one of several, by the units and the files of nginx as they are shipped.
set -u
bad=0
holds() { # holds WHAT COMMAND…
  local what=$1
  shift
  if "$@" > /tmp/said 2>&1; then echo "ok   $what"; else echo "BAD  $what"; sed 's/^/     /' /tmp/said | head -20; bad=1; fi
}
answers() { # answers STATUS CURL-ARGUMENTS…
  local status=$1 got
  shift
  got=$(curl -sk -o /tmp/body -w '%{http_code}' --max-time 20 "$@")
  [ "$got" = "$status" ] || { echo "$got in place of $status"; head -c 300 /tmp/body; return 1; }
}
# The commands of docs/operations.md, those of the block in which something stands, as they stand there.
as_written() {
  awk -v what="$1" '/^```sh$/ { inside = 1; text = ""; next }
    /^```$/ { if (inside && index(text, what)) { printf "%s", text; exit } inside = 0; next }
    inside { text = text $0 "\n" }' /opt/kakuho/docs/operations.md > /tmp/block.sh
  [ -s /tmp/block.sh ] && bash -eux /tmp/block.sh
}
cd /opt/kakuho/deploy
ip link set lo up 2>/dev/null || true
install -d -m 700 /etc/kakuho
for name in kakuho kagoshima; do
  install -m 600 systemd/kakuho.env.example "/etc/kakuho/$name.env"
  sed -i "s|^SESSION_SECRET=.*|SESSION_SECRET=$(openssl rand -base64 33)|" "/etc/kakuho/$name.env"
done
sed -i 's/=3001/=3002/; s/=3101/=3102/; s|https://kakuho.pref|https://kagoshima.kakuho|' /etc/kakuho/kagoshima.env
install -m 644 systemd/*.service systemd/*.timer /etc/systemd/system/
install -m 755 systemd/kakuho /usr/local/bin/kakuho
systemctl daemon-reload

for unit in kakuho kakuho@kagoshima; do
  name=${unit/@/-}
  holds "$unit starts" systemctl start "$unit"
  port=3001
  [ "$unit" = kakuho ] || port=3002
  holds "$unit answers" bash -c "for i in \$(seq 100); do curl -sf http://127.0.0.1:$port/healthz && exit 0; sleep 0.2; done; journalctl -u $unit -o cat | tail; exit 1"
  holds "$unit runs the built form" bash -c "! journalctl -u $unit -o cat | grep ソースのまま"
  holds "$unit: an account of its own" bash -c "[ \$(ps -o user= -p \$(systemctl show -P MainPID $unit)) != root ]"
  holds "$unit: its files are its own alone" bash -c "[ \"\$(stat -c %a /var/lib/private/$name)\" = 700 ] && [ \"\$(stat -Lc %a /var/lib/$name/kakuho.db)\" = 600 ]"
  holds "$unit: tells of the first administrator" bash -c "journalctl -u $unit -o cat | grep -q /admin/setup"
  argument=
  [ "$unit" = kakuho ] || argument=@kagoshima
  holds "$unit: kakuho settings, by the wrapper" kakuho $argument settings set "title=試験の調査 $name"
  holds "$unit: kakuho audit verify" kakuho $argument audit verify
  holds "$unit: a backup by the timer's service" systemctl start "kakuho-backup${unit#kakuho}"
  holds "$unit: the backup is there, and the account's alone" bash -c "ls /var/lib/$name-backup/kakuho-*.tar && [ \$(stat -c %a /var/lib/$name-backup/kakuho-*.tar | head -1) = 600 ]"
  holds "$unit: the timer" systemctl start "kakuho-backup${unit#kakuho}.timer"
  if [ -x /usr/local/bin/litestream ]; then
    holds "$unit: Litestream starts" systemctl start "kakuho-litestream${unit#kakuho}"
    holds "$unit: Litestream copies" bash -c "for i in \$(seq 50); do ls /var/lib/$name-replica/generations/*/snapshots/* && exit 0; sleep 0.2; done; journalctl -u kakuho-litestream${unit#kakuho} -o cat | tail; exit 1"
  fi
done
holds 'one account does not see the other’s files' bash -c "! setpriv --reuid \$(stat -c %u /var/lib/private/kakuho) --clear-groups cat /var/lib/private/kakuho-kagoshima/kakuho.db"

pid=$(systemctl show -P MainPID kakuho)
kill -9 "$pid"
holds 'killed, it is back' bash -c "for i in \$(seq 100); do [ \$(systemctl show -P MainPID kakuho) != $pid ] && curl -sf http://127.0.0.1:3001/healthz && exit 0; sleep 0.1; done; exit 1"
holds 'what a mistake in its settings says is not begun again' bash -c "
  sed -i 's/^PORT=3001/PORT=zero/' /etc/kakuho/kakuho.env; systemctl restart kakuho; sleep 4
  [ \$(systemctl show -P NRestarts kakuho) -le 1 ] && [ \$(systemctl show -P ExecMainStatus kakuho) = 2 ] && systemctl is-failed kakuho
  r=\$?; sed -i 's/^PORT=zero/PORT=3001/' /etc/kakuho/kakuho.env; exit \$r"
holds 'restored, while it is stopped' bash -c 'systemctl stop kakuho kakuho-litestream; kakuho restore "$(ls /var/lib/kakuho-backup/kakuho-*.tar)" && systemctl start kakuho'
holds 'it answers after that' bash -c 'for i in $(seq 100); do curl -sf http://127.0.0.1:3001/healthz && exit 0; sleep 0.2; done; journalctl -u kakuho -o cat | tail; exit 1'

# What a folder that is a link and an account that comes and goes could make differ from docs/operations.md.
answers_again() { curl -sf --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:3001/healthz && kakuho audit verify; }
holds 'a backup by hand' kakuho backup /var/lib/kakuho-backup/before-1.1.0.tar
if [ -x /usr/local/bin/litestream ]; then
  holds '継続的な複製: it starts' as_written 'enable --now kakuho-litestream'
  sleep 3
  holds '継続的な複製: put together again' as_written 'litestream restore'
  holds 'it answers after that' answers_again
  holds 'Litestream copies after that' systemctl is-active kakuho-litestream
  holds 'Litestream is stopped' systemctl disable --now kakuho-litestream
fi
holds '復元' as_written 'stop kakuho\nkakuho restore'
holds 'it answers after that' answers_again
holds 'ログインの秘密' as_written '/etc/kakuho/kakuho.env\nsystemctl restart kakuho\n'
holds '署名の鍵' as_written 'kakuho signing-key change'
systemctl stop kakuho && rm /var/lib/kakuho/kakuho.db.receipt-key
holds '確認コードの鍵' as_written 'before-1.1.0.tar kakuho.db.receipt-key'
holds 'it answers after that' answers_again
holds '指標' as_written 'METRICS_TOKEN'
holds '移行: the old machine' bash -c 'systemctl disable --now kakuho kakuho-backup.timer; kakuho backup /var/lib/kakuho-backup/move.tar && cp /var/lib/kakuho-backup/move.tar /etc/kakuho/kakuho.env /root/'
rm -rf /var/lib/private/kakuho /var/lib/private/kakuho-backup /var/lib/kakuho /var/lib/kakuho-backup
holds '移行: the new one' as_written '/root/kakuho.env /etc/kakuho/kakuho.env'
holds 'it answers after that' answers_again
holds '日常の確認' as_written 'systemctl status kakuho'

install -d /etc/ssl/kakuho
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=trial \
  -addext 'subjectAltName=DNS:kakuho.pref.example.jp,DNS:*.pref.example.jp' \
  -keyout /etc/ssl/kakuho/privkey.pem -out /etc/ssl/kakuho/fullchain.pem 2> /dev/null
install -m 644 nginx/kakuho-limits.conf /etc/nginx/conf.d/
install -m 644 nginx/kakuho.conf /etc/nginx/sites-available/kakuho
ln -sf ../sites-available/kakuho /etc/nginx/sites-enabled/kakuho
rm -f /etc/nginx/sites-enabled/default
holds 'nginx -t' nginx -t
holds 'nginx starts' systemctl restart nginx
at='--resolve kakuho.pref.example.jp:443:127.0.0.1 --resolve kakuho-office.pref.example.jp:443:127.0.0.1 --resolve kakuho.pref.example.jp:80:127.0.0.1'
holds 'http leads to https' answers 301 $at http://kakuho.pref.example.jp/survey
holds 'the survey' answers 200 $at https://kakuho.pref.example.jp/
holds 'no officers’ pages there' answers 404 $at https://kakuho.pref.example.jp/admin/login
holds 'the officers’ side' answers 200 $at https://kakuho-office.pref.example.jp/admin/login
systemctl stop kakuho
holds 'stopped: the page' answers 503 $at https://kakuho.pref.example.jp/survey
holds 'with what to do' grep -q もう一度送信してください /tmp/body
holds 'it ended in time, by itself' bash -c '[ "$(systemctl show -P Result kakuho)" = success ] && [ "$(systemctl show -P ExecMainStatus kakuho)" = 0 ]'
systemctl start kakuho
sleep 3
for unit in kakuho kakuho@kagoshima; do
  echo "     $unit: memory $(($(ps -o rss= -p "$(systemctl show -P MainPID $unit)") / 1000)) MB RSS, $(systemd-analyze security --no-pager $unit | tail -1 | sed 's/.*level/exposure level/')"
done
journalctl -b -o cat | grep -iE 'seccomp|audit.*SECCOMP' | head -5
[ $bad = 0 ] && echo 'all of it held'
