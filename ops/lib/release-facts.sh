#!/usr/bin/env bash
# What a tree says about its version and its releases. Needs stack.sh first.

: "${root:?}"

# says WHAT VERSION: one of the places that name a version; they must all name the tree's.
says() {
  printf '%-34s %s\n' "$1" "${2:-nothing}"
  [[ "$2" == "$(tree_version)" ]]
}

pom_version() { sed -n 's|^ *<version>\(.*\)</version>$|\1|p' "$1" | head -n 1; }

default_images() { grep -oE '\$\{IMG_(APP|DB|EDGE):-[^}]+' "$root/docker-compose.yml" | sed 's/.*://' | sort -u; }

files_agree() {
  local wrong=0
  says pom.xml "$(pom_version "$root/pom.xml")" || wrong=1
  says server/pom.xml "$(pom_version "$root/server/pom.xml")" || wrong=1
  says docker-compose.yml "$(default_images)" || wrong=1
  says upgrades.json "$(jq -r '.releases[-1].version' "$root/upgrades.json")" || wrong=1
  says UPGRADE.md "$(sed -n 's/^## \([0-9][^ ]*\).*/\1/p' "$root/UPGRADE.md" | head -n 1)" || wrong=1
  says CHANGELOG.md "$(sed -n 's/^## \([0-9][^ ]*\).*/\1/p' "$root/CHANGELOG.md" | head -n 1)" || wrong=1
  says sdk/openapi.yaml "$(sed -n '/^info:/,/^[^ ]/s/^  version: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root/sdk/openapi.yaml")" || wrong=1
  return "$wrong"
}

nothing_uncommitted() {
  local changed
  changed="$(git -C "$root" status --porcelain)" || return
  [[ -z "$changed" ]] || { printf 'commit or remove:\n%s\n' "$changed" && return 1; }
}

is_dated() {
  local line
  line="$(grep -m 1 "^## $(tree_version) " "$root/CHANGELOG.md")" || { echo "no heading for $(tree_version)" && return 1; }
  [[ "$line" =~ \ -\ [0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || { echo "give it its day: $line" && return 1; }
}

# The tests verify them; here none may be missing, and none may change once its release is out.
receipts_are_kept() {
  local version folder changed wrong=0
  while read -r version; do
    folder="sdk/fixtures/releases/$version"
    [[ -s "$root/$folder/receipt.json" && -s "$root/$folder/keys.json" ]] || { echo "$folder: keep a receipt and its keys there" && wrong=1; }
    changed="$(git -C "$root" log --format=%h --diff-filter=MDR -- "$folder")" || return
    [[ -z "$changed" ]] || { echo "$folder was changed by $changed" && wrong=1; }
  done < <(jq -r '.releases[].version' "$root/upgrades.json")
  return "$wrong"
}

images_agree() {
  local name wrong=0
  for name in app db edge; do
    says "image $name" "$(docker image inspect -f '{{index .Config.Labels "org.opencontainers.image.version"}}' "aragora/$name:$(tree_version)")" || wrong=1
  done
  says "the program" "$(docker run --rm --network none "aragora/app:$(tree_version)" version --json | jq -r .version)" || wrong=1
  return "$wrong"
}
