# Sourced by awooop: tests, benchmarks and the demo.

# test [arguments of dotnet test], or test --faults [--seed N] [--minutes N]: the long form of the fault tests alone.
run_tests() {
    local faults='' seed='' minutes='' what=$root/AwoooP.sln arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
            --faults) faults=1; shift ;;
            --seed) seed=$(number "$@"); shift 2 ;;
            --minutes) minutes=$(number "$@"); shift 2 ;;
            *) arguments+=("$1"); shift ;;
        esac
    done
    [ -n "$faults" ] || [ -z "$seed$minutes" ] || wrong "test: --seed and --minutes go with --faults"
    need_to_test
    if [ "$engine$faults" = Embedded ]; then try_orleans; fi
    build
    if [ -n "$faults" ]; then
        seed=${seed:-$((RANDOM + 1))}
        export AWOOOP_FAULTS=long AWOOOP_FAULTS_SEED=$seed AWOOOP_FAULTS_MINUTES=${minutes:-10}
        what=$root/tests/Cluster.Tests/Cluster.Tests.csproj
        say "Faults are drawn from seed $seed; the same again: ./awooop test --faults --seed $seed"
    fi
    local log passed failed skipped status=0
    local quiet='^ *(Passed .*\[.*\]|\[xUnit.*(Discover|Start|Finish).*)?$'
    log=$(mktemp)
    # One test project at a time: the machine may have two cores, and several projects start servers of their own.
    # Everything goes to the log; tests that passed are counted there and not shown one by one. Names of tests may hold any byte.
    with_engine test "$what" -c Release --no-build -m:1 --logger 'console;verbosity=normal' "${arguments[@]}" 2>&1 | tee "$log" | grep -a --line-buffered -vE "$quiet" || status=$?
    [ -n "$faults" ] || (cd "$root/src/Console" && npm run --silent test) 2>&1 | tee -a "$log" || status=$?
    passed=$(count Passed "$log")
    failed=$(count Failed "$log")
    skipped=$(count Skipped "$log")
    say ''
    failures "$log"
    rm -f "$log"
    [ "$skipped" -eq 0 ] || say "$skipped skipped"
    say "$passed passed, $failed failed"
    [ $status -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# number OPTION N
number() {
    case ${2:-} in '' | *[!0-9]*) wrong "$1 takes a number" ;; esac
    say "$2"
}

# What failed of the test projects, once more: by now it is far above, and its end is what is read first.
failures() {
    awk -v lines=40 '
        /^ +(Passed|Skipped) .*\[.*\]$/ || /^(Test Run|Total tests)/ { left = 0 }
        /^ +Failed .*\[.*\]$/ { left = lines }
        left > 0 && !/^\[xUnit/ { print; left-- }' "$1"
}

# Sums one figure over the closing lines of the test projects, and of the console's own runner.
count() {
    local dotnet_sum vitest_sum
    dotnet_sum=$(grep -aoE "\b$1: +[0-9]+" "$2" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }')
    vitest_sum=$(sed 's/\x1b\[[0-9;]*m//g' "$2" | grep -aE '^ +Tests ' | grep -oE "[0-9]+ ${1,,}" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }')
    echo $((dotnet_sum + vitest_sum))
}

bench() {
    local options
    case ${1:-} in
        journal) options='--seconds --rounds --data --writers' ;;
        intake) options='--seconds' ;;
        engine) options='--seconds --only' ;;
        load) options='--seconds --clients --rate --settle --url' ;;
        *) wrong "bench: there are journal, intake, engine and load" ;;
    esac
    local option
    for option in "${@:2}"; do
        case $option in --*) case " $options " in *" $option "*) ;; *) wrong "bench $1: unknown option $option; there are $options" ;; esac ;; esac
    done
    need_to_bench "$@"
    with_engine build "$root/bench/Bench.csproj" -c Release -v quiet
    dotnet "$root/bench/$(engine_output)/AwoooP.Bench.dll" "$@"
}

# Uses the system that is up; otherwise brings one up and takes it down again, with its Prometheus on the first port that is free.
demo() {
    local started='' status=0 port=9090
    case $#:${1:-} in 0: | 1:--manual) ;; *) wrong "demo: unknown option ${*}; there is --manual" ;; esac
    need_to_demo
    if ! running; then
        if [ -z "${Integrations__Prometheus__Url:-}" ]; then
            while taken $port; do port=$((port + 1)); done
            export Integrations__Prometheus__Url=http://127.0.0.1:$port
        fi
        up
        started=1
    fi
    dotnet build "$root/samples/Demo/Demo.csproj" -c Release -v quiet --nologo
    dotnet "$root/samples/Demo/bin/Release/net10.0/AwoooP.Demo.dll" "$@" || status=$?
    [ -z "$started" ] || down
    return $status
}

taken() { (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
