# Sourced by awooop: what the machine must have, and how the program is built.

# install COMMAND PACKAGE...: installs the Debian packages unless the command is there already.
install() {
    local command=$1
    shift
    have "$command" && return
    [ "$(id -u)" = 0 ] || die "'$command' is missing. Install it (as root: apt-get install $*) and try again."
    say "Installing $* ..."
    if [ -z "${apt_updated:-}" ]; then
        apt-get -qq update || say "apt-get update failed; trying with the lists at hand."
        apt_updated=1
    fi
    # A server package must not start a service of its own: ours are started by us, on loopback, and stopped again.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" > /dev/null
    have "$command" || die "'$command' is still missing after installing $*."
}

have() {
    case $1 in
        postgres) [ -n "${AWOOOP_POSTGRES:-}" ] || has_server_programs ;;
        *) command -v "$1" > /dev/null ;;
    esac
}

# Where the program looks for them too: the folder that is named and no other, else Debian's, else along PATH.
has_server_programs() {
    if [ -n "${AWOOOP_PG_BIN:-}" ]; then
        [ -f "$AWOOOP_PG_BIN/initdb" ] && [ -f "$AWOOOP_PG_BIN/pg_ctl" ] && [ -f "$AWOOOP_PG_BIN/postgres" ]
    else
        compgen -G '/usr/lib/postgresql/*/bin/postgres' > /dev/null || command -v postgres > /dev/null
    fi
}

need_to_serve() {
    have dotnet || die "the .NET SDK 10 is missing: see https://dotnet.microsoft.com/download"
    install curl curl ca-certificates
    install setpriv util-linux
    # No package comes into that folder.
    [ -z "${AWOOOP_PG_BIN:-}" ] || have postgres || die "initdb, pg_ctl and postgres are not all in $AWOOOP_PG_BIN (AWOOOP_PG_BIN)."
    install postgres postgresql
}

need_to_run() {
    need_to_serve
    install npm nodejs npm
}

need_to_bench() {
    need_to_serve
    [ "${1:-}" != intake ] || install prometheus-alertmanager prometheus-alertmanager
}

need_to_demo() {
    need_to_run
    install prometheus prometheus
    install prometheus-alertmanager prometheus-alertmanager
}

need_to_test() {
    need_to_demo
    install chromium chromium
    # A silo's clock is set under it.
    install faketime faketime
}

# Ends with 1 when something is missing that `up` needs, or a process has died.
doctor() {
    no_arguments doctor "$@"
    local missing=0 command need name
    for command in dotnet curl setpriv postgres npm; do
        if have "$command"; then say "  ok       $command"; else say "  missing  $command, without which nothing starts"; missing=1; fi
    done
    for need in 'prometheus demo and test' 'prometheus-alertmanager demo, test and bench intake' 'chromium test' 'faketime test'; do
        command=${need%% *}
        if have "$command"; then say "  ok       $command"; else say "  missing  $command, only for ${need#* }"; fi
    done
    for name in $(all_running); do
        say "  running  $name, process $(cat "$AWOOOP_DATA/$name.pid"), $(address_of "$name")$(ready "$name" && echo ', ready' || echo ', not ready')"
    done
    for name in $(all_ended); do
        say "  ended    $name, which nobody stopped; ./awooop up starts it again, and its log is $AWOOOP_DATA/logs/$name.out"
        missing=1
    done
    running || say "  stopped  silo"
    return $missing
}

build() {
    with_engine build "$root/AwoooP.sln" -c Release -v quiet "$@"
    build_console
}

# sums PATH...: one figure for the contents of every file there that is a source.
sums() {
    find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/api/schema.ts' -print0 \
        | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

# The console is built from its lock file, and only when something in it has changed.
build_console() {
    local stamp=$root/src/Console/dist/.built-from now
    now=$(cd "$root/src/Console" && sums .)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && return
    (cd "$root/src/Console" && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build)
    printf '%s\n' "$now" > "$stamp"
}

# Everything that the program is made from: sources, settings of the build, this script, the SDK, and the commit, which the program tells.
made_from() (
    cd "$root"
    sums src eng Directory.*.props Directory.*.targets global.json awooop
    engine_properties
    dotnet --version
    git rev-parse HEAD 2> /dev/null || true
)

# A running silo must not have its files changed under it, so it runs from a copy of its own.
publish() {
    local now
    now=$(made_from)
    if [ -f "$app/.made-from" ] && [ "$(cat "$app/.made-from")" = "$now" ]; then
        say "Nothing has changed since the last build."
        return
    fi
    say "Building ..."
    rm -rf "$app.new"
    with_engine publish "$root/src/Silo/Silo.csproj" -c Release -v quiet -o "$app.new"
    build_console
    cp -r "$root/src/Console/dist" "$app.new/wwwroot"
    printf '%s\n' "$now" > "$app.new/.made-from"
    rm -rf "$app"
    mv "$app.new" "$app"
}

cli() {
    if [ ! -f "$app/AwoooP.Client.dll" ]; then
        need_to_run
        publish >&2
    fi
    dotnet "$app/AwoooP.Client.dll" "$@"
}
