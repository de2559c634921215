# Sourced by awooop: which engine hosts the grains, and what the build is told of it.

engine=Embedded
engine_named=''
# A folder of Orleans' packages, where the registry lacks them.
feed=${AWOOOP_ORLEANS_FEED:-}

# take_engine ARGUMENT...: sets $engine and $feed, and leaves the other arguments in $rest.
take_engine() {
    rest=()
    while [ $# -gt 0 ]; do
        case $1 in
            --engine)
                case ${2:-} in orleans) engine=Orleans ;; embedded) engine=Embedded ;; *) wrong "--engine takes embedded or orleans" ;; esac
                engine_named=1
                shift 2 ;;
            --feed)
                [ -d "${2:-}" ] || wrong "--feed takes a folder of packages"
                feed=$(cd "$2" && pwd)
                shift 2 ;;
            *) rest+=("$1"); shift ;;
        esac
    done
}

# A property of the build a line.
engine_properties() {
    say "-p:Engine=$engine"
    [ "$engine" = Embedded ] || [ -z "$feed" ] || say "-p:OrleansFeed=$feed"
}

# Where a project's Release build is, below its folder.
engine_output() { if [ "$engine" = Orleans ]; then say bin/orleans/Release/net10.0; else say bin/Release/net10.0; fi; }

# with_engine COMMAND ARGUMENT...: of dotnet.
with_engine() {
    local properties
    mapfile -t properties < <(engine_properties)
    dotnet "$@" --nologo "${properties[@]}"
}

# The other engine is compiled wherever its packages are to be had.
try_orleans() {
    local engine=Orleans log
    log=$(mktemp)
    if with_engine restore "$root/src/Runtime.Orleans/Runtime.Orleans.csproj" -v quiet > "$log" 2>&1; then
        say "Engine=Orleans: its packages restore, so it is built ..."
        with_engine build "$root/AwoooP.sln" -c Release -v quiet
        say "Engine=Orleans: built. ./awooop test --engine orleans runs the tests on it."
    else
        say "Engine=Orleans: SKIPPED, not built. Its packages do not restore here (--feed names a folder that has them):"
        grep -m 1 -oE 'error NU[0-9]+: .*' "$log" || tail -n 1 "$log"
    fi
    rm -f "$log"
}
