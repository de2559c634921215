# Sourced by awooop: the processes of a system, with their roles and addresses.

# A process that has ended but was not reaped yet does not count as alive.
alive() { [ -d "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2> /dev/null; }

most_silos=9
most_fronts=9

# Every process of this data folder has a name, silo-K or front-K, with its process id in NAME.pid and its address in NAME.url.

# is_ours PID: whether it is a process of AwoooP. After a restart of the machine its number may be another program's.
is_ours() { alive "$1" && tr '\0' '\n' < "/proc/$1/cmdline" 2> /dev/null | grep -q '/AwoooP\.Silo\.dll$'; }

# is_running NAME: whether it runs.
is_running() { [ -s "$AWOOOP_DATA/$1.pid" ] && is_ours "$(cat "$AWOOOP_DATA/$1.pid")"; }

# The names of those that ended though nobody asked them to.
all_ended() {
    local file name
    for file in "$AWOOOP_DATA"/{silo,front}-*.pid; do
        name=${file##*/}
        name=${name%.pid}
        [ ! -s "$file" ] || is_running "$name" || echo "$name"
    done
}

# The names of those that run, of one kind when it is named.
all_running() {
    local file name
    for file in "$AWOOOP_DATA"/"${1:-}"*-*.pid; do
        name=${file##*/}
        name=${name%.pid}
        case $name in silo-* | front-*) if is_running "$name"; then echo "$name"; fi ;; esac
    done
}

running() { [ -n "$(all_running)" ]; }

address_of() { cat "$AWOOOP_DATA/$1.url"; }

# How many fronts of their own the system has. One that died stands in it until the system ends, since silos are addressed after it.
fronts_apart() { { compgen -G "$AWOOOP_DATA/front-*.url" || true; } | wc -l; }

# url_at N: the address N ports above that of AWOOOP_URL.
url_at() {
    local rest=${AWOOOP_URL#*://} port
    rest=${rest%%/*}
    if [[ $rest =~ ^(.*):([0-9]+)$ ]]; then
        rest=${BASH_REMATCH[1]} port=$((10#${BASH_REMATCH[2]}))
    else
        case $AWOOOP_URL in https:*) port=443 ;; *) port=80 ;; esac
    fi
    [ "$1" = 0 ] && printf '%s\n' "$AWOOOP_URL" || printf '%s\n' "${AWOOOP_URL%%://*}://$rest:$((port + $1))"
}

# names KIND N: KIND-1 to KIND-N.
names() {
    local number
    for ((number = 1; number <= $2; number++)); do echo "$1-$number"; done
}

# ready NAME
ready() { curl --silent --fail --max-time 2 --output /dev/null "$(address_of "$1")/-/ready"; }

# forget NAME...: of processes that have ended; with the last of them all that is known of the system.
forget() {
    local name
    for name in "$@"; do rm -f "$AWOOOP_DATA/$name.pid"; done
    running || rm -f "$AWOOOP_DATA/url" "$AWOOOP_DATA"/{silo,front}-*.{pid,url}
}

# stop NAME...: asks them all to stop, then waits, so that they hand over and end side by side.
stop() {
    local name tries=0 left
    for name in "$@"; do
        if is_running "$name"; then kill -TERM "$(cat "$AWOOOP_DATA/$name.pid")"; fi
    done
    while :; do
        left=()
        for name in "$@"; do
            if is_running "$name"; then left+=("$name"); fi
        done
        [ ${#left[@]} -gt 0 ] || break
        tries=$((tries + 1))
        # A silo gives itself a minute for all of its stop.
        if [ $tries -ge 700 ]; then
            for name in "${left[@]}"; do
                say "$name does not stop within 70 s: killing it."
                kill -KILL "$(cat "$AWOOOP_DATA/$name.pid")"
            done
            break
        fi
        sleep 0.1
    done
    forget "$@"
}

# role_of NAME FRONTS: a silo has a front of its own unless there are fronts apart.
role_of() {
    case $1:$2 in
        front-*) echo Front ;;
        silo-*:0) echo Both ;;
        *) echo Silo ;;
    esac
}

# url_of NAME FRONTS: fronts are counted from AWOOOP_URL on, and silos after them.
url_of() {
    case $1 in
        front-*) url_at $((${1##*-} - 1)) ;;
        *) url_at $(($2 + ${1##*-} - 1)) ;;
    esac
}

# note NAME URL PID: that the process is there.
note() {
    printf '%s\n' "$2" > "$AWOOOP_DATA/$1.url"
    printf '%s\n' "$3" > "$AWOOOP_DATA/$1.pid"
}

# start NAME FRONTS: without waiting for it. Sets $started to its process id. AWOOOP_SILO is the number of this machine's first.
start() {
    local number=${AWOOOP_SILO:-1} index=${1##*-} url
    url=$(url_of "$@")
    [ "$index" = 1 ] || number=$((number + index - 1))
    say "Starting $1 ..."
    AWOOOP_SILO=$number AWOOOP_ROLE=$(role_of "$@") AWOOOP_URL=$url setsid dotnet "$app/AwoooP.Silo.dll" > "$AWOOOP_DATA/logs/$1.out" 2>&1 < /dev/null &
    started=$!
    note "$1" "$url" "$started"
}

# until_ready NAME PID: fails with the exit code of a process that ended, or 1 when it takes too long.
until_ready() {
    local tries=0 status=0
    until ready "$1"; do
        if ! alive "$2"; then
            wait "$2" || status=$?
            tail -n 20 "$AWOOOP_DATA/logs/$1.out" >&2
            say "awooop: $1 ended while starting; what it said is in $AWOOOP_DATA/logs/$1.out" >&2
            return $((status == 0 ? 1 : status))
        fi
        tries=$((tries + 1))
        if [ $tries -ge 600 ]; then
            say "awooop: $1 is not ready after 60 s; its log is $AWOOOP_DATA/logs/$1.out" >&2
            return 1
        fi
        sleep 0.1
    done
}

# start_all FRONTS NAME...: all of them, or none: when one does not start, those that this call started are stopped again.
start_all() {
    local fronts=$1 names=("${@:2}") status=0 pids=() name first=1 i
    [ -z "$(all_running silo)" ] || first=''
    for name in "${names[@]}"; do
        start "$name" "$fronts"
        pids+=("$started")
        # The first silo of all makes the operator's key, so the others come after it; the rest start side by side.
        if [ -n "$first" ]; then
            until_ready "$name" "$started" || { status=$?; break; }
            first=''
        fi
    done
    for ((i = 0; status == 0 && i < ${#pids[@]}; i++)); do
        until_ready "${names[i]}" "${pids[i]}" || status=$?
    done
    [ $status -ne 0 ] || return 0
    [ ${#pids[@]} -eq 1 ] || say "Stopping what was started ..." >&2
    stop "${names[@]:0:${#pids[@]}}"
    return $status
}

# prepare [ROLE]: what has to be there before the first process of a system starts, which is in that role.
prepare() {
    forget
    need_to_run
    mkdir -p "$AWOOOP_DATA/logs"
    publish
    [ -n "${AWOOOP_POSTGRES:-}" ] || say "Starting PostgreSQL ..."
    cli postgres up
    cli db up
    [ "${1:-}" = Silo ] || printf '%s\n' "$AWOOOP_URL" > "$AWOOOP_DATA/url"
}

# parse_up OPTION...: sets $silos, $fronts (empty when nothing was said about them) and $foreground.
parse_up() {
    silos=1 fronts='' foreground=''
    while [ $# -gt 0 ]; do
        case $1 in
            --foreground) foreground=1; shift ;;
            --silos)
                [[ ${2:-} =~ ^[1-$most_silos]$ ]] || wrong "up: --silos takes a number from 1 to $most_silos"
                silos=$2
                shift 2 ;;
            --fronts)
                [[ ${2:-} =~ ^[0-$most_fronts]$ ]] || wrong "up: --fronts takes a number from 0 to $most_fronts"
                fronts=$2
                shift 2 ;;
            *) wrong "up: unknown option $1" ;;
        esac
    done
    [ -z "$foreground" ] || [ "$silos:${fronts:-0}" = 1:0 ] || wrong "up: --foreground is for one silo"
    [ "$engine" = Embedded ] || [ "${fronts:-0}" = 0 ] || wrong "up: Orleans serves no fronts of their own; leave --fronts out"
}

up() {
    local silos fronts foreground
    parse_up "$@"
    [ -z "$foreground" ] || alone silo Both
    require_number up
    local others='' missing=() last name
    if running; then
        others=1
        [ -z "$engine_named" ] || grep -qx -- "-p:Engine=$engine" "$app/.made-from" || wrong "up: silos of the other engine run; ./awooop down first"
        # The processes of one system are counted from one address.
        [ ! -s "$AWOOOP_DATA/url" ] || AWOOOP_URL=$(cat "$AWOOOP_DATA/url")
        [ "${fronts:-$(fronts_apart)}" = "$(fronts_apart)" ] || wrong "up: the system was started with --fronts $(fronts_apart); ./awooop down first"
        fronts=$(fronts_apart)
    fi
    fronts=${fronts:-0}
    last=$(url_of "silo-$silos" "$fronts")
    [ "$silos:$fronts" = 1:0 ] || [ "${last##*:}" -le 65535 ] || wrong "up: there are no ports for so many processes from $AWOOOP_URL on"
    for name in $(names silo "$silos") $(names front "$fronts"); do is_running "$name" || missing+=("$name"); done
    if [ ${#missing[@]} -eq 0 ]; then
        for name in $(all_running); do until_ready "$name" "$(cat "$AWOOOP_DATA/$name.pid")" || exit $?; done
        say "AwoooP is up already."
        where_to_look
        return
    fi
    # Processes that join run the copy that the others run from, which must not change under them.
    if [ -z "$others" ]; then prepare; fi
    start_all "$fronts" "${missing[@]}" || exit $?
    say "AwoooP is ready."
    where_to_look
}

# require_number COMMAND: AWOOOP_SILO, where it is set.
require_number() { [[ ${AWOOOP_SILO:-1} =~ ^[1-9][0-9]?$ ]] || wrong "$1: AWOOOP_SILO must be a number from 1 to 99"; }

# alone KIND ROLE: one process in the foreground, as a service manager runs it, until it is interrupted, and this script with it.
# AWOOOP_SILO is its number, AWOOOP_URL its address.
alone() {
    local name=$1-${AWOOOP_SILO:-1} process status=0
    require_number "$1"
    ! is_running "$name" || die "$name runs already."
    running || prepare "$2"
    say "Starting $name ..."
    AWOOOP_ROLE=$2 dotnet "$app/AwoooP.Silo.dll" < /dev/null &
    process=$!
    note "$name" "$AWOOOP_URL" "$process"
    trap 'kill -TERM "$process" 2> /dev/null || true' INT TERM
    # A signal ends the waiting, not the process, which then stops in its own time.
    while alive "$process"; do wait "$process" || true; done
    # Its own code, also when it has ended before this could wait again.
    wait "$process" || status=$?
    rm -f "$AWOOOP_DATA/$name.url"
    forget "$name"
    exit $status
}

silo() {
    case $#:${1:-} in
        0:) alone silo Both ;;
        1:--no-front) alone silo Silo ;;
        *) wrong "silo: unknown option ${*}; there is --no-front" ;;
    esac
}

front() {
    no_arguments front "$@"
    alone front Front
}

where_to_look() {
    local names name
    names=$(all_running)
    cat <<TEXT

  Console            $AWOOOP_URL/            (sign in with the key below)
  API                $AWOOOP_URL/v1/platform/incidents  and more, described by $AWOOOP_URL/openapi/v1.json
  Alert intake       $AWOOOP_URL/api/v2/alerts  (as Alertmanager: Prometheus and amtool work unchanged)
  Health, metrics    $AWOOOP_URL/-/ready  $AWOOOP_URL/metrics
  Operator key       $AWOOOP_DATA/operator.key
  Logs               $AWOOOP_DATA/logs/
TEXT
    [ "$names" = silo-1 ] || for name in $names; do printf '  %-18s %s/\n' "$name" "$(address_of "$name")"; done
    [ "$(fronts_apart)" = 0 ] || say "                     (silos beside fronts of their own serve health and metrics alone)"
    cat <<TEXT

  ./awooop incidents   lists incidents      ./awooop demo   shows a repair from alert to trust
  ./awooop down        stops everything
TEXT
}

down() {
    no_arguments down "$@"
    stop $(all_running)
    # PostgreSQL outlives silos and is stopped last.
    [ ! -f "$app/AwoooP.Client.dll" ] || cli postgres down
    say "AwoooP is down."
}
