#!/bin/bash
# A Docker Swarm of several real engines on one Linux machine, for as long as its standard input stays open.
#
#   swarm-rig.sh FOLDER [NODES]      FOLDER does not exist yet; 3 nodes unless told
#
# Says `ready` when all nodes have joined. Node N listens on FOLDER/nN/docker.sock, has the address 10.99.0.N and the
# hostname nodeN; node 1 is the manager. `nsenter --net=FOLDER/net COMMAND` runs a command on the nodes' network.
# Lines of its input lose a node and bring it back, `kill N` and `start N`, each answered with `done` when it is so.
# At the end of its input (also when whoever started it was killed) everything is removed again.
#
# Needs root and Debian's docker.io, iproute2, iptables and util-linux. Nothing outside FOLDER is changed, save for cgroups below
# `camelc-rig-PID`: the nodes' bridge stands in a network namespace of its own, so that neither addresses nor firewall
# rules meet the machine's. Each engine is the child of a process namespace: when that ends, so do all its containers and mounts.
set -euo pipefail
folder=$(realpath -m "${1:?usage: swarm-rig.sh FOLDER [NODES]}")
count=${2:-3}
rig=camelc-rig-$$
declare -A engines

docker_on() { docker -H "unix://$folder/n$1/docker.sock" "${@:2}"; }

connect_node() {
  local n=$1
  ip netns add "$rig-$n"
  ip -n "$rig" link add "node$n" type veth peer name eth0 netns "$rig-$n"
  ip -n "$rig" link set "node$n" master nodes up
  ip -n "$rig-$n" addr add "10.99.0.$n/24" dev eth0
  ip -n "$rig-$n" link set eth0 up
  ip -n "$rig-$n" link set lo up
}

start_engine() {
  local n=$1 dir="$folder/n$1"
  mkdir -p "$dir/cgroup"
  # Overlay networks are set up through /sys, which must be the one of the engine's own network; that hides the cgroups, so they are
  # bound back. /run/docker holds files of the engine that cannot be moved elsewhere.
  nsenter --net="/run/netns/$rig-$n" unshare --mount --uts --pid --fork --kill-child --mount-proc --propagation private sh -c "
    hostname node$n
    mount --rbind /sys/fs/cgroup '$dir/cgroup'
    mount -t sysfs sysfs /sys
    mount --rbind '$dir/cgroup' /sys/fs/cgroup
    mkdir -p /run/docker
    mount -t tmpfs tmpfs /run/docker
    exec dockerd --data-root '$dir/data' --exec-root '$dir/exec' --pidfile '$dir/pid' --host 'unix://$dir/docker.sock' --cgroup-parent '/$rig/n$n'
  " >"$dir/log" 2>&1 </dev/null &
  engines[$n]=$!
}

# As in a power cut: the engine, its containers and its mounts are gone at once; what it wrote to its disk stays.
kill_engine() {
  { kill -KILL "${engines[$1]}"; wait "${engines[$1]}" || true; } 2>/dev/null
  rm -rf --one-file-system "$folder/n$1/exec" "$folder/n$1/pid" "$folder/n$1/docker.sock"
}

wait_for_engine() {
  for _ in $(seq 120); do docker_on "$1" info >/dev/null 2>&1 && return; sleep 0.25; done
  echo "swarm-rig: node $1 did not start; the end of $folder/n$1/log:" >&2
  tail -n 5 "$folder/n$1/log" >&2
  exit 1
}

# Its engine answers a while before the swarm hears of it again.
wait_for_node() {
  for _ in $(seq 240); do [ "$(docker_on 1 node inspect --format '{{.Status.State}}' "node$1" 2>/dev/null)" = ready ] && return; sleep 0.25; done
  echo "swarm-rig: node $1 did not come back to the swarm" >&2
  exit 1
}

tear_down() {
  trap '' INT TERM HUP
  # The braces keep the shell from reporting each end.
  { for engine in "${engines[@]}"; do kill -KILL "$engine" || true; done; wait || true; } 2>/dev/null
  # What was killed takes a moment to end; its cgroups can go when it has.
  for _ in $(seq 100); do
    find /sys/fs/cgroup -depth -type d -path "*/$rig*" -exec rmdir {} + 2>/dev/null || true
    [ -n "$(find /sys/fs/cgroup -type d -name "$rig" -print -quit)" ] || break
    sleep 0.1
  done
  for n in $(seq "$count"); do ip netns del "$rig-$n" 2>/dev/null || true; done
  ip netns del "$rig" 2>/dev/null || true
  rm -rf --one-file-system "$folder"
}

mkdir "$folder"
trap tear_down EXIT
trap 'exit 130' INT TERM HUP
ip netns add "$rig"
ln -s "/run/netns/$rig" "$folder/net"
ip -n "$rig" link add nodes type bridge
ip -n "$rig" addr add 10.99.0.254/24 dev nodes
ip -n "$rig" link set nodes up
for n in $(seq "$count"); do connect_node "$n"; start_engine "$n"; done
for n in $(seq "$count"); do wait_for_engine "$n"; done
docker_on 1 swarm init --advertise-addr 10.99.0.1 --dispatcher-heartbeat 2s >/dev/null
token=$(docker_on 1 swarm join-token --quiet worker)
for n in $(seq 2 "$count"); do docker_on "$n" swarm join --token "$token" --advertise-addr "10.99.0.$n" 10.99.0.1:2377 >/dev/null; done
echo ready
while read -r verb n; do
  case $verb in
    kill) kill_engine "$n" ;;
    start) start_engine "$n"; wait_for_engine "$n"; wait_for_node "$n" ;;
  esac
  echo 'done'
done
