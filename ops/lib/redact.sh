#!/usr/bin/env bash
# Takes secrets out of files: by the values this installation has, and by what secrets look like. Needs stack.sh first.

# known_secrets: every line of every secret file, as far as it can be read, long enough not to hit common words.
known_secrets() {
  local volume folder file
  {
    for volume in $(docker volume ls -q --filter "name=^$(project)_(secrets-|app-data)"); do
      folder="$(docker volume inspect -f '{{.Mountpoint}}' "$volume")"
      [[ -r "$folder" ]] || die "secrets cannot be read, so they cannot be taken out: run this as root"
      find "$folder" -type f ! -name '*.crt' ! -name '*.pub' -size -64k -print0 | xargs -0 -r cat | tr -d '\0'
      printf '\n'
    done
    for file in OPENAI_KEY SMTP_PASSWORD OIDC_CLIENT_SECRET; do
      file="$(env_value "ARAGORA_${file}_FILE")"
      [[ ! -f "$file" ]] || cat "$file"
    done
  } | tr '",=: ' '[\n*]' | LC_ALL=C awk 'length($0) >= 12 && !/[^ -~]/ && $0 !~ /^-+(BEGIN|END)/ && !seen[$0]++' | secret_words
}

# What stands in key files and is no secret: the names of their fields, times and file names.
secret_words() { LC_ALL=C grep -avE '^[a-z_]+$|^[A-Za-z]+(/[0-9]+)?$|^[0-9TZ.:+-]+$|^aragora' || true; }

patterns=(
  's#(postgres(ql)?://[^:/ ]+:)[^@ ]+@#\1REDACTED@#g'
  's#(([Pp]assword|[Ss]ecret|[Tt]oken|[Aa]pi[_-]?[Kk]ey|PASSWORD|SECRET|TOKEN|CIPHER_PASS|cipher-pass)["'"'"']?[=:] *["'"'"']?)[^"'"'"' ,}]+#\1REDACTED#g'
  's#([Bb]earer|[Bb]asic) +[A-Za-z0-9._~+/=-]{8,}#\1 REDACTED#g'
  's#\b(ak|sk|ara|arak|ghp|xox[bp])[_-][A-Za-z0-9_-]{12,}#REDACTED#g'
  's#eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*#REDACTED#g'
  's#([?&/](setup|invite|reset|code|state|token)[=/])[A-Za-z0-9._-]{12,}#\1REDACTED#g'
  's#[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+#PERSON@REDACTED#g'
)

# redact FOLDER: in place, all files.
redact() {
  local file arguments=() each script
  for each in "${patterns[@]}"; do arguments+=(-e "$each"); done
  script="$(mktemp)"
  known_secrets | awk '{ print length($0) "\t" $0 }' | sort -rn | cut -f2- | sed -e 's/[][\.*^$#/&]/\\&/g' -e 's#.*#s\#&\#REDACTED\#g#' >"$script"
  while IFS= read -r -d '' file; do
    sed -i -E -e '/-----BEGIN [A-Z ]*PRIVATE KEY-----/,/-----END [A-Z ]*PRIVATE KEY-----/c REDACTED PRIVATE KEY' "${arguments[@]}" "$file"
    sed -i -f "$script" "$file"
  done < <(find "$1" -type f -print0)
  rm -f "$script"
}

# holds_no_secret FOLDER: the proof, by the values themselves.
holds_no_secret() { ! known_secrets | LC_ALL=C grep -raqFf - "$1"; }
