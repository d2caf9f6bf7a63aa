# Rows out of what image.sh measured.
def numbers: split(" ") | map(tonumber) | sort;
def middle: .[length / 2 | floor];
def row(id; what; unit; most; setup):
  {id: id, what: what, value: middle, min: min, max: max, unit: unit, setup: setup}
  + if most then {target: "<= \(most)", met: (middle <= most)} else {} end;

"the container of compose: read-only, 1 GB, PostgreSQL in another container, migrated" as $container
| {app: 180, db: 260} as $most
| {
    bench: "image",
    rows: (
      [
        ($readies | numbers | map(. / 1000) | row("image_ready"; "docker start to /health/ready 200"; "s"; 2; $container)),
        ($idles | numbers | row("image_idle"; "memory of the container after 5 s idle"; "MB"; null; $container))
      ]
      + [
          range(0; $ARGS.positional | length; 2) as $at
          | $ARGS.positional[$at] as $name
          | [$ARGS.positional[$at + 1] | tonumber / 1e6 | round]
          | row("image_size_\($name)"; "size of aragora/\($name)"; "MB"; $most[$name]; "docker image inspect, unpacked")
        ]
    )
  }
