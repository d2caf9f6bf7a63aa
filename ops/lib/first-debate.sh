#!/usr/bin/env bash
# Asks a running server a question, verifies the receipt and says where all is. Needs server.sh first.

: "${root:?}" "${data:?}"

aragora() { "$root/ops/aragora" "$@" --data-dir "$data"; }

# first_debate QUESTION [--option ID=LABEL]...
first_debate() {
  local told status=0 receipt
  say "asking: $1"
  told="$(aragora debate "$@")" || status=$?
  receipt="$(sed -n 's/^receipt  //p' <<<"$told")"
  # A debate that ends without a decision has a receipt too.
  if ((status > 1)) || [[ -z "$receipt" ]]; then
    die "the debate did not end; see $data/server.log"
  fi
  mkdir -p "$data/receipts"
  verify_receipt "$receipt" "$data/receipts/$receipt.json"
  report "$told" "$receipt"
}

# The log signs its head a moment after the receipt: 4 says "not shown to be in the log" yet.
verify_receipt() {
  local status=0 end=$((SECONDS + 60))
  while :; do
    status=0
    aragora receipt get "$1" -o "$2" || die "the receipt cannot be fetched"
    verdict="$(aragora receipt verify "$2")" || status=$?
    ((status == 4 && SECONDS < end)) || break
    sleep 1
  done
  ((status == 0)) || die "the receipt does not verify: $verdict"
}

report() {
  aragora receipt export "$2" --format md -o "$data/receipts/$2.md"
  cat <<TEXT

$1
verified ${verdict##*$'\n'}
as text  $data/receipts/$2.md
to check ops/aragora receipt verify $data/receipts/$2.json --data-dir $data
API      $(note url)/api/v1   (specification: $(note url)/openapi.json)
API key  in $data/api-key
health   $(note management)/health/ready
to stop  ops/quickstart --stop$([[ "$data" == "$root/.aragora" ]] || printf ' --data-dir %q' "$data")
TEXT
}
