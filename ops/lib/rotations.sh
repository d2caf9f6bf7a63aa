#!/usr/bin/env bash
# How each secret is made new without a stop. Needs stack.sh, release.sh, roll.sh and steps.sh first.

: "${root:?}" "${certificate=}" "${key=}"

# in_volume UID VOLUME COMMAND...: a command of the database image on one volume, with nothing else in reach.
in_volume() {
  docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges:true --read-only --user "$1:$1" \
    --volume "$(project)_$2:/volume" --entrypoint "$3" "$(image_of IMG_DB)" "${@:4}"
}

# renew SERVICE RECIPIENT FILE: the job that made a file makes it anew.
renew() { compose run --rm --no-deps -T "$1" init-secrets keys --renew "$3" "$2=/init/$2"; }

issue_certificates() { compose run --rm --no-deps -T init; }

plan_master_key() { echo "a new key file, every data key wrapped with it; servers look for it themselves"; }

rotate_master_key() {
  step key "makes the key and wraps the data keys with it" aragora key rotate
}

plan_db_password() { echo "a new authority, new keys and certificates for app, owner, monitoring and database"; }

# Certificates of the old authority are of no use as soon as the database knows the new one. Connections that are
# open stay; new ones wait a second or two.
rotate_db_password() {
  step authority "forgets the old authority" forget_authority
  step keys "makes new keys" renew_database_keys
  step issue "issues the certificates" issue_certificates
  step reload "lets the database take them" reload_database
  step roll "replaces what is connected" replace_clients
}

forget_authority() {
  in_volume 10001 secrets-ca rm -f /volume/db-ca.key /volume/db-ca.crt
  in_volume 10001 certificates rm -f /volume/db-ca.crt
}

renew_database_keys() {
  renew init-app app db.key
  renew init-app owner db.key
  renew init-obs obs db.key
  renew init-db db server.key
}

reload_database() { docker exec "$(containers db | head -n 1)" /opt/aragora/start --reload-certificates; }

replace_clients() {
  local id
  roll_app "$(replicas | wc -l)"
  id="$(containers postgres-exporter --filter status=running)"
  [[ -z "$id" ]] || docker restart "$id"
}

plan_tls() { echo "by TLS_MODE=$(env_value TLS_MODE internal)"; }

rotate_tls() {
  case "$(env_value TLS_MODE internal)" in
    byo)
      [[ -n "$certificate" && -n "$key" ]] || refuse "TLS_MODE is byo: give --certificate and --key"
      step use "checks your certificate and puts it in place" "$root/tls/use" "$certificate" "$key" \
        --host "$(env_value ARAGORA_HOSTNAME localhost)"
      ;;
    internal)
      step keys "makes the edge's own authority a new key" renew init-edge edge intermediate.key
      step issue "issues its certificate" issue_certificates
      step edge "lets the edge make a new certificate" renew_leaf
      ;;
    acme) step edge "lets the edge ask for a new certificate" renew_leaf ;;
    proxy) refuse "TLS_MODE is proxy: the certificate is the proxy's" ;;
  esac
}

renew_leaf() {
  in_volume 10003 edge-data rm -rf /volume/certificates /volume/pki
  docker restart "$(containers edge | head -n 1)"
  each_healthy edge
}

plan_backup_key() { echo "a new repository with a key of its own, and a full backup; the old one stays until you delete it"; }

rotate_backup_key() {
  step key "makes a repository with a new key beside the old one" "$root/backup/rekey"
}
