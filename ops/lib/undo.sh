#!/usr/bin/env bash
# The way back that an upgrade keeps: files, settings, images and restore point of before. Needs steps.sh, stack.sh first.

: "${root:?}" "${state:?}" "${env_file:?}" "${release=}"
undo="$state/undo"

# The files that a release brings; nothing an operator writes is among them.
release_tree() { tar -tzf "$1" | sed 's|^\./||' | grep -v '/$' || true; }

# keep_way_back TO CLASS: everything of now that going back needs.
keep_way_back() {
  rm -rf "$undo.new"
  mkdir -p "$undo.new"
  tree_version >"$undo.new/from"
  printf '%s\n' "$1" >"$undo.new/to"
  printf '%s\n' "$2" >"$undo.new/class"
  lock_images >"$undo.new/images.lock"
  schema_of "$(image_of IMG_APP)" >"$undo.new/schema"
  schema_of "$(awk '$1 == "IMG_APP" { print $2 }' "$release/images.lock")" >"$undo.new/next-schema"
  replicas | wc -l >"$undo.new/replicas"
  [[ ! -f "$env_file" ]] || cp -p "$env_file" "$undo.new/env"
  [[ ! -f "$state/images.lock" ]] || cp -p "$state/images.lock" "$undo.new/installed.lock"
  # What the release will write over or beside: the present files, and the names of those that are new.
  release_tree "$release/tree.tar.gz" >"$undo.new/brings"
  (cd "$root" && while read -r file; do [[ ! -e "$file" ]] || printf '%s\n' "$file"; done <"$undo.new/brings" |
    tar -czf "$undo.new/tree.tar.gz" -T -)
  rm -rf "$undo"
  mv "$undo.new" "$undo"
}

# mark STEP: an upgrade is open from its first change until it is committed or undone.
mark() { printf '%s\n' "$1" >"$undo/open"; }

# schema_of IMAGE: what a program brings, by its label: also one that cannot start is asked.
schema_of() { image_label "$1" io.aragora.schema.newest; }

# switch_tree: the release's files over the present ones. tar makes each new, so a script that runs keeps its text.
switch_tree() {
  tar -C "$root" --no-same-owner -xzf "$release/tree.tar.gz"
}

restore_tree() {
  local file
  while read -r file; do
    tar -tzf "$undo/tree.tar.gz" "$file" >/dev/null 2>&1 || rm -f -- "${root:?}/$file"
  done <"$undo/brings"
  tar -C "$root" --no-same-owner -xzf "$undo/tree.tar.gz"
  if [[ -f "$undo/env" ]]; then cp -p "$undo/env" "$env_file"; fi
  if [[ -f "$undo/installed.lock" ]]; then cp -p "$undo/installed.lock" "$state/images.lock"; else rm -f "$state/images.lock"; fi
}

# images_are_kept: whether the engine still has the images of before, each under its name.
images_are_kept() {
  local variable reference id
  while read -r variable reference id; do
    [[ "$(image_id "$reference")" == "$id" ]] || {
      say "$variable: $reference is not the image of before any more ($id)"
      return 1
    }
  done <"$undo/images.lock"
}
