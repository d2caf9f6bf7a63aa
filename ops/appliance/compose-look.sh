#!/usr/bin/env bash
# What the compose file says (files), and what its containers are (looks). Needs inspect.sh first.
# shellcheck disable=SC2016  # the templates are Docker's to fill in
# shellcheck disable=SC2030,SC2031  # settings of one check end with it

: "${root:?}" "${work:?}"

file="$root/docker-compose.yml"

# Both versions read the same file; jobs and profiles too.
reads() {
  (export COMPOSE="$1" && unset compose_command && stack --profile obs --profile backup --profile drill --profile local-llm \
    "${@:2}" config --quiet)
}

with_example() (
  # shellcheck disable=SC2034  # stack reads it
  env_file="$root/.env.example"
  reads "$1"
)

# What 1.29.2 refuses, and what it takes but does not do.
speaks_old() {
  absent '^name:|^include:|start_interval|required: *(true|false)|^ +develop:|^ +content:|env_file:|deploy:' "$file"
}

# Every image can be pinned by a digest: none is named without a setting.
pinned() (
  digest="sha256:$(printf '%064d' 0)"
  while read -r name; do export "$name=pinned/image@$digest"; done < <(grep -oE '\$\{IMG_[A-Z_]+' "$file" | cut -c3- | sort -u)
  stack --profile obs --profile backup --profile drill --profile local-llm config >"$work/pinned"
  ! awk '/^ +image:/ && !/@sha256:/' "$work/pinned" | grep . && (($(grep -c '@sha256:' "$work/pinned") > 5))
)

files() {
  find_compose
  check "C01 Compose V2 reads it" reads v2
  check "C01 Compose V2 reads it with .env.example" with_example v2
  check "C01 docker-compose 1.29 reads it" reads v1
  check "C01 docker-compose 1.29 reads it with .env.example" with_example v1
  check "C01 both read the overlays" reads any -f "$file" -f "$root/compose.production.yml" -f "$root/compose.tuning.yml"
  check "C02 nothing that 1.29.2 does not know" speaks_old
  check "C09 no ulimits, no negative oom_score_adj" absent 'ulimits|oom_score_adj: *-' "$file"
  check "C15 every image can be pinned by its digest" pinned
  check "C16 no health check asks by a name" absent '^ +test:.*localhost' "$file"
}

has_no_capabilities() {
  local id status bad=0
  for id in $(running); do
    status="/proc/$(docker inspect -f '{{.State.Pid}}' "$id")/status"
    grep -qx $'CapEff:\t0000000000000000' "$status" || { echo "$(service_of "$id"): $(grep CapEff "$status")" && bad=1; }
  done
  ((bad == 0))
}

# Any temporary file system: size, and nothing in it can be run.
is_safe_tmpfs() {
  local id path options bad=0
  for id in $(everything); do
    while read -r path options; do
      [[ -z "$path" || ("$options" == *size=* && "$options" == *noexec* && "$options" == *nosuid* && "$options" == *nodev*) ]] ||
        { echo "$(service_of "$id"): $path $options" && bad=1; }
    done < <(docker inspect -f '{{range $path, $options := .HostConfig.Tmpfs}}{{$path}} {{$options}}{{"\n"}}{{end}}' "$id")
  done
  ((bad == 0))
}

is_internal() { [[ "$(docker network inspect -f '{{.Internal}}' "$(project)_$1")" == true ]]; }

# The engine forwards nothing out of an internal network; an address of the world must stay silent.
database_is_inside() {
  [[ "$(told db '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}')" == "$(project)_data " ]] &&
    ! docker exec "$(one db)" timeout 5 bash -c 'exec 3<>/dev/tcp/192.0.2.1/80'
}

# Everything secret that the jobs made, a line each.
secrets() {
  local entry
  for entry in 10001:secrets-app 10001:secrets-owner 10002:secrets-db 10003:secrets-edge 10004:secrets-obs 10001:secrets-ca; do
    in_volume "${entry%:*}" "${entry#*:}" bash -c 'find /volume -type f ! -name "*.crt" -exec cat {} +' || return
  done | sed 's/^.*pass=//' | grep -vE -e '-----|^\[|=aes' | grep -E '.{16,}'
}

hides_secrets() {
  local id bad=0
  secrets >"$work/secrets" || return
  (($(wc -l <"$work/secrets") >= 10)) || { echo "no secrets were found" && return 1; }
  for id in $(everything); do
    if docker inspect "$id" | grep -cFf "$work/secrets"; then bad=1; fi
  done
  for id in $(running); do
    if tr '\0' '\n' <"/proc/$(docker inspect -f '{{.State.Pid}}' "$id")/environ" | grep -cFf "$work/secrets"; then bad=1; fi
  done
  rm -f "$work/secrets"
  ((bad == 0))
}

# Folders 0700 and files 0400, all of one user; links lead to what is public.
is_private() {
  local entry odd
  for entry in 10001:secrets-app 10001:secrets-owner 10002:secrets-db 10003:secrets-edge 10004:secrets-obs 10001:secrets-ca; do
    odd="$(in_volume "${entry%:*}" "${entry#*:}" find /volume ! -type l -printf '%m %U %y\n')" || return
    [[ -n "$odd" ]] || return
    if grep -vxE "700 ${entry%:*} d|400 ${entry%:*} f" <<<"$odd"; then return 1; fi
  done
}

looks() {
  local host='{{.HostConfig.' limits='{{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}'
  check "C03 read-only root file systems" every "$host"'ReadonlyRootfs}}' true
  check "C04 all capabilities dropped, none added" every "$host"'CapDrop}} {{.HostConfig.CapAdd}}' '\[ALL\] \[\]'
  check "C04 no process has one" has_no_capabilities
  check "C05 no new privileges" every "$host"'SecurityOpt}}' '\[no-new-privileges:true\]'
  check "C06 numeric users, none of them root" every '{{.Config.User}}' '[1-9][0-9]*:[1-9][0-9]*'
  check "C07 processes, cores and memory limited" every "$limits" '[1-9][0-9]* [1-9][0-9]* ([1-9][0-9]*) [1-9][0-9]*'
  check "C07 no swap beyond it" every '{{eq .HostConfig.Memory .HostConfig.MemorySwap}}' true
  check "C08 temporary file systems are sized and run nothing" is_safe_tmpfs
  check "C10 data and obs lead nowhere" all_internal
  check "C10 the database sees only its network" database_is_inside
  check "C11 only the edge has ports, on this machine only" edge_only
  check "C12 no socket, device or namespace of the host" never \
    '{{.Mounts}} privileged={{.HostConfig.Privileged}} net={{.HostConfig.NetworkMode}} pid={{.HostConfig.PidMode}} ipc={{.HostConfig.IpcMode}} {{.HostConfig.Devices}}' \
    'docker\.sock|privileged=true|net=host|pid=host|ipc=host|PathOnHost'
  check "C13 no secret in what can be inspected, nor in an environment" hides_secrets
  check "C14 secrets are their user's alone" is_private
  check "C16 health checks, patient at first" every \
    '{{if .Config.Healthcheck}}{{.Config.Healthcheck.StartPeriod}} {{.Config.Healthcheck.Retries}}{{end}}' '(1m[0-9.]*s|[2-9]m.*) ([6-9]|[1-9][0-9]+)' running
  check "C16 they name no host" never '{{json .Config.Healthcheck}}' localhost
  check "C18 logs are bounded" every "$host"'LogConfig.Type}} {{index .HostConfig.LogConfig.Config "max-size"}} {{index .HostConfig.LogConfig.Config "max-file"}}' '(local|json-file) [0-9]+m [0-9]+'
  check "C19 an init, and time to stop" every "$host"'Init}} {{.Config.StopTimeout}}' 'true .*'
  check "C19 the database is asked to stop fast" test "$(told db '{{.Config.StopSignal}} {{.Config.StopTimeout}}') $(told app '{{.Config.StopTimeout}}')" = "SIGINT 120 30"
  check "C20 services come back" every "$host"'RestartPolicy.Name}}' unless-stopped running
  check "C20 jobs do not" every "$host"'RestartPolicy.Name}}' no ended
  check "C22 every volume has a name" never '{{range .Mounts}}{{.Name}} {{end}}' '[0-9a-f]{64}'
}

all_internal() { is_internal data && is_internal obs; }
ended() { containers '' --filter status=exited; }
edge_only() { only_the_edge_publishes && docker port "$(one edge)" | awk '{ print $3 }' | sort -u >"$work/ports" && ! grep -v '^127\.0\.0\.1:' "$work/ports"; }
