#!/usr/bin/env bats
# No certificate is used that could not serve: each fault is named, and what was in use stays.

bats_require_minimum_version 1.5.0

setup_file() {
  cd "$BATS_FILE_TMPDIR" || exit
  printf '[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n' >ca.cnf
  new_key root && openssl req -new -x509 -key root.key -subj "/CN=Test root" -days 30 -out root.crt -addext "basicConstraints=critical,CA:TRUE"
  request middle "/CN=Test intermediate"
  openssl x509 -req -in middle.csr -CA root.crt -CAkey root.key -CAcreateserial -days 30 -extfile ca.cnf -extensions ca -out middle.crt
  leaf site 60 "DNS:decide.example.org,IP:192.0.2.7"
  leaf old -1 "DNS:decide.example.org"
  leaf brief 5 "DNS:decide.example.org"
  cat site.crt middle.crt >chain.crt
  cat old.crt middle.crt >old-chain.crt
  cat brief.crt middle.crt >brief-chain.crt
  openssl pkey -in site.key -aes256 -passout pass:secret -out locked.key
} 2>/dev/null

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
request() { new_key "$1" && openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"; }

leaf() {
  request "$1" /CN=site
  printf 'subjectAltName=%s\n' "$3" >"$1.cnf"
  openssl x509 -req -in "$1.csr" -CA middle.crt -CAkey middle.key -CAcreateserial -days "$2" -extfile "$1.cnf" -out "$1.crt"
}

setup() {
  tls="$BATS_TEST_DIRNAME/../../tls"
  cd "$BATS_FILE_TMPDIR" || exit
  export TLS_DIR="$BATS_TEST_TMPDIR/place/live"
  with=(--host decide.example.org --ca root.crt)
}

@test "a certificate with its key, chain and name can be used" {
  run -0 "$tls/check" chain.crt site.key "${with[@]}"
  [[ "$output" != *BAD* ]]
}

@test "an address among its names counts as one" {
  run -0 "$tls/check" chain.crt site.key --host 192.0.2.7 --ca root.crt
}

@test "a key of another certificate is refused" {
  run -1 "$tls/check" chain.crt old.key "${with[@]}"
  [[ "$output" == *"BAD  key"*"does not belong"* ]]
}

@test "a chain without its intermediate is refused" {
  run -1 "$tls/check" site.crt site.key "${with[@]}"
  [[ "$output" == *"BAD  chain"*"add the intermediates"* ]]
}

@test "a root that nobody here trusts is refused unless it is named" {
  run -1 "$tls/check" chain.crt site.key --host decide.example.org
  [[ "$output" == *"BAD  chain"* ]]
}

@test "another host name is refused, also when the subject has it" {
  run -1 "$tls/check" chain.crt site.key --host site --ca root.crt
  [[ "$output" == *"BAD  host"*"site is not among its names"* ]]
}

@test "an expired certificate is called expired and nothing else" {
  run -1 "$tls/check" old-chain.crt old.key "${with[@]}"
  [[ "$output" == *"BAD  time"*"expired on"* && "$output" == *"ok   chain"* ]]
}

@test "one that expires soon is used with a warning" {
  run -0 "$tls/check" brief-chain.crt brief.key "${with[@]}"
  [[ "$output" == *"WARN time"* ]]
}

@test "a key with a passphrase is refused and no passphrase is asked for" {
  run -1 "$tls/check" chain.crt locked.key "${with[@]}" </dev/null
  [[ "$output" == *"has a passphrase"* ]]
}

@test "files that are none, or hold something else, are named" {
  run -1 "$tls/check" no-such.crt site.key
  [[ "$output" == *"cannot read no-such.crt"* ]]
  run -1 "$tls/check" ca.cnf site.key
  [[ "$output" == *"holds no PEM certificate"* ]]
}

@test "--json tells the same" {
  run -1 "$tls/check" chain.crt old.key "${with[@]}" --json
  [[ "$(jq -r '.ok, (.findings[] | select(.result == "BAD") | .name)' <<<"$output")" == $'false\nkey' ]]
}

@test "tls/use writes one file, and only after the check" {
  run -0 "$tls/use" chain.crt site.key "${with[@]}"
  cp "$TLS_DIR/site.pem" "$BATS_TEST_TMPDIR/before"
  [[ "$(grep -c BEGIN "$TLS_DIR/site.pem")" == 3 ]]
  run -1 "$tls/use" chain.crt old.key "${with[@]}"
  cmp "$TLS_DIR/site.pem" "$BATS_TEST_TMPDIR/before"
  [[ "$(find "$TLS_DIR" -type f | wc -l)" == 1 ]]
}

@test "tls/use --dry-run writes nothing" {
  run -0 "$tls/use" chain.crt site.key "${with[@]}" --dry-run
  [[ ! -e "$TLS_DIR" ]]
}

@test "what is not understood ends with 2" {
  run -2 "$tls/check" --no-such
  run -2 "$tls/use"
}
