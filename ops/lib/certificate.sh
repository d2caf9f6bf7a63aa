#!/usr/bin/env bash
# Judges a certificate and its key: check_certificate fills $findings with lines of result, name and words.

readonly soon=$((21 * 24 * 3600))
findings=()

finding() { findings+=("$1"$'\t'"$2"$'\t'"$3"); }
certificate_is_good() { ! printf '%s\n' "${findings[@]}" | grep -q '^BAD'; }
certificate_lines() { printf '%s\n' "${findings[@]}" | awk -F '\t' '{printf "%-4s %-8s %s\n", $1, $2, $3}'; }

certificate_json() {
  printf '%s\n' "${findings[@]}" | jq -Rn '[inputs | split("\t") | {result: .[0], name: .[1], detail: .[2]}]
    | {ok: all(.result != "BAD"), findings: .}'
}

of_certificate() { openssl x509 -noout -in "$certificate" "$@" 2>/dev/null; }

# Without a terminal openssl must not ask for a passphrase: any will do, a wrong one fails.
public_of_key() { openssl pkey -in "$key" -pubout -passin pass: 2>/dev/null; }

# check_certificate CERTIFICATE KEY HOST [CA]
check_certificate() {
  certificate="$1" key="$2"
  local host="$3" ca="${4:-}"
  findings=()
  readable "$certificate" certificate && readable "$key" key || return 0
  if ! of_certificate -subject >/dev/null; then
    finding BAD certificate "$certificate holds no PEM certificate"
    return 0
  fi
  finding ok certificate "$(of_certificate -subject -nameopt RFC2253), by $(of_certificate -issuer -nameopt RFC2253)"
  check_key
  check_chain "$ca"
  check_host "$host"
  check_time
}

readable() {
  [[ -f "$1" && -r "$1" && -s "$1" ]] && return
  finding BAD "$2" "cannot read $1: give a PEM file"
  return 1
}

check_key() {
  local public bits
  if grep -q ENCRYPTED "$key"; then
    finding BAD key "the key has a passphrase, which nobody could type: openssl pkey -in $key -out plain.pem"
    return
  fi
  if ! public="$(public_of_key)"; then
    finding BAD key "$key holds no PEM private key"
    return
  fi
  if [[ "$public" != "$(of_certificate -pubkey)" ]]; then
    finding BAD key "the key does not belong to the first certificate: put the server's own certificate first"
    return
  fi
  bits="$(openssl pkey -pubin -noout -text <<<"$public" | sed -n 's/.*(\([0-9]*\) bit).*/\1/p' | head -n 1)"
  if openssl pkey -pubin -noout -text <<<"$public" | grep -q Modulus && ((bits < 2048)); then
    finding BAD key "an RSA key of $bits bits is too short: make one of 2048 or more"
    return
  fi
  finding ok key "belongs to the certificate"
}

check_chain() {
  local ca="$1" said trusted=()
  if [[ -n "$ca" ]]; then
    readable "$ca" chain || return 0
    trusted=(-no-CApath -CAfile "$ca")
  fi
  # Time is judged apart, so that an old certificate is called old and not untrusted.
  if said="$(openssl verify -no_check_time -purpose sslserver "${trusted[@]}" -untrusted "$certificate" "$certificate" 2>&1)"; then
    finding ok chain "leads to ${ca:-a root this machine trusts}"
  else
    finding BAD chain "does not lead to ${ca:-a root this machine trusts} ($(sed -n 's/^error [0-9]* at \([0-9]*\) depth lookup: /depth \1: /p' <<<"$said" | head -n 1)): add the intermediates, or name your root with --ca"
  fi
}

check_host() {
  local kind=-checkhost names
  [[ "$1" =~ ^[0-9.]+$ || "$1" == *:* ]] && kind=-checkip
  names="$(of_certificate -ext subjectAltName | sed '1d; s/^ *//' | paste -sd ' ')"
  # Browsers look at these names only; openssl would take the subject's where there are none.
  if [[ -n "$names" ]] && of_certificate "$kind" "$1" | grep -q 'does match'; then
    finding ok host "$1 is among its names: $names"
  else
    finding BAD host "$1 is not among its names: ${names:-none}"
  fi
}

check_time() {
  local until from now
  until="$(of_certificate -enddate | cut -d= -f2)"
  from="$(of_certificate -startdate | cut -d= -f2)"
  now="$(date +%s)"
  if (($(date -d "$from" +%s) > now)); then
    finding BAD time "not valid before $from"
  elif ! of_certificate -checkend 0 >/dev/null; then
    finding BAD time "expired on $until"
  elif ! of_certificate -checkend "$soon" >/dev/null; then
    finding WARN time "expires soon, on $until"
  else
    finding ok time "valid until $until"
  fi
}
