#!/usr/bin/env bash
# Section 5 of the CIS Docker Benchmark, each check asked of every running container. Needs inspect.sh first.
# shellcheck disable=SC2016  # the templates are Docker's to fill in

# Waived, and why: 5.2 where the kernel has no AppArmor; 5.8 and 5.9 for the edge, whose port is the appliance.
cis_waived() { skip "C24 $1" "waived: $2"; }

app_armor() {
  if [[ -d /sys/kernel/security/apparmor ]]; then
    check "C24 5.2 AppArmor profile" every '{{.AppArmorProfile}}' '.+' running
  else
    cis_waived "5.2 AppArmor profile" "this kernel has none"
  fi
}

swarm_is_off() { docker info -f '{{.Swarm.LocalNodeState}}' | grep -qx inactive; }

no_host_folders() {
  local id bad=0
  for id in $(running); do
    docker inspect -f '{{range .Mounts}}{{if eq .Type "bind"}}{{.Source}}{{"\n"}}{{end}}{{end}}' "$id" |
      grep -xE '/|/(boot|dev|etc|lib|proc|run|sys|usr|var)(/.*)?' | grep -vx /dev/null | sed "s/^/$(service_of "$id"): /" && bad=1
  done
  ((bad == 0))
}

processes() { docker top "$1" -eo pid,user,args; }

no_ssh_inside() {
  local id bad=0
  for id in $(running); do
    if processes "$id" | grep -E '[s]shd'; then bad=1; fi
  done
  ((bad == 0))
}

no_root_inside() {
  local id bad=0
  for id in $(running); do
    # docker-init is the first process; all of them run as the container's user.
    if processes "$id" | awk 'NR > 1 && ($2 == "root" || $2 == "0")' | grep .; then bad=1; fi
  done
  ((bad == 0))
}

only_the_edge_publishes() {
  local id
  for id in $(running); do
    [[ "$(service_of "$id")" != edge ]] || continue
    [[ -z "$(docker port "$id")" ]] || { printf '%s publishes %s\n' "$(service_of "$id")" "$(docker port "$id")" && return 1; }
  done
}

ports_of_the_edge() {
  [[ "$(told edge '{{range $port, $hosts := .NetworkSettings.Ports}}{{range $hosts}}{{$port}} {{end}}{{end}}')" == "8080/tcp 8443/tcp " ]]
}

cis() {
  local host='{{.HostConfig.'
  check "C24 5.1 swarm mode is off" swarm_is_off
  app_armor
  check "C24 5.3 security options set" every "$host"'SecurityOpt}}' '.*no-new-privileges.*' running
  check "C24 5.4 no capabilities" every "$host"'CapDrop}} {{.HostConfig.CapAdd}}' '\[ALL\] \[\]' running
  check "C24 5.5 not privileged" every "$host"'Privileged}}' false running
  check "C24 5.6 no folder of the system mounted" no_host_folders
  check "C24 5.7 no ssh inside" no_ssh_inside
  check "C24 5.8 no port below 1024 inside" ports_of_the_edge
  check "C24 5.9 only the edge has ports" only_the_edge_publishes
  check "C24 5.10 not in the host's network" never "$host"'NetworkMode}}' '^host$'
  check "C24 5.11 memory is limited" every "$host"'Memory}}' '[1-9][0-9]*' running
  check "C24 5.12 processor share is set" every "$host"'NanoCpus}}' '[1-9][0-9]*' running
  check "C24 5.13 root file system read-only" every "$host"'ReadonlyRootfs}}' true running
  check "C24 5.14 ports on one interface" never '{{range .NetworkSettings.Ports}}{{range .}}[{{.HostIp}}]{{end}}{{end}}' '\[(0\.0\.0\.0|::|)\]'
  check "C24 5.15 restarts by policy" every "$host"'RestartPolicy.Name}}' 'unless-stopped' running
  check "C24 5.16 own processes" never "$host"'PidMode}}' host
  check "C24 5.17 own memory segments" never "$host"'IpcMode}}' host
  check "C24 5.18 no devices" every "$host"'Devices}}' '\[\]|<no value>' running
  check "C24 5.19 limits of the engine" every "$host"'Ulimits}}' '\[\]|<no value>' running
  check "C24 5.20 mounts are not shared" never '{{range .Mounts}}{{.Propagation}} {{end}}' shared
  check "C24 5.21 own host name" never "$host"'UTSMode}}' host
  check "C24 5.22 seccomp as the engine has it" never "$host"'SecurityOpt}}' 'seccomp[=:]unconfined'
  check "C24 5.23 nothing privileged was started inside" never '{{.ExecIDs}}' 'privileged'
  check "C24 5.24 nobody is root inside" no_root_inside
  check "C24 5.25 own control group" every "$host"'CgroupParent}}' '' running
  check "C24 5.26 no new privileges" every "$host"'SecurityOpt}}' '.*no-new-privileges:true.*' running
  check "C24 5.27 health is checked" every '{{json .Config.Healthcheck.Test}}' '\["CMD".*' running
  check "C24 5.28 images are named by version" never '{{.Config.Image}}' ':latest$'
  check "C24 5.29 processes are limited" every "$host"'PidsLimit}}' '[1-9][0-9]*' running
  check "C24 5.30 not in the default bridge" never "$host"'NetworkMode}}' '^(bridge|default)$'
  check "C24 5.31 user namespace is not the host's by force" never "$host"'UsernsMode}}' host
  check "C24 5.32 no engine's socket inside" never '{{range .Mounts}}{{.Source}} {{end}}' 'docker\.sock'
}
