namespace AwoooP.Demo;

/// <summary>
/// The service that fails. It is started and restarted by one small program, which the demo puts into AwoooP's folder of
/// allow-listed programs, so that the repair does just what the first start did.
/// </summary>
public sealed class Webshop : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _program;

    private Webshop(Uri address, string folder, string program)
    {
        Address = address;
        _folder = folder;
        _program = program;
    }

    public Uri Address { get; }

    public static async Task<Webshop> StartAsync(string folder, string programs, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Free();
        Directory.CreateDirectory(programs);
        var program = Path.Combine(programs, "restart-webshop");
        await File.WriteAllTextAsync(program, RestartScript(folder, port), cancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var shop = new Webshop(new Uri($"http://127.0.0.1:{port}/"), folder, program);
        await using var start = ChildProcess.Start(program, [], Path.Combine(folder, "restart.log"));
        await start.ExitedAsync();
        await Readiness.WaitAsync(shop.Address, cancellationToken);
        return shop;
    }

    public async Task BreakAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(Address, "break"), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await using var stop = ChildProcess.Start(_program, ["stop"], Path.Combine(_folder, "restart.log"));
        await stop.ExitedAsync();
        File.Delete(_program);
    }

    // The environment of an allow-listed program is empty, so everything is named in full.
    private static string RestartScript(string folder, int port) => $$"""
        #!/bin/sh
        # Stops the web shop, and starts it again unless called with `stop`. Safe to run twice.
        set -eu
        export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        pid_file='{{folder}}/webshop.pid'
        running() { [ -n "$1" ] && [ -d "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
        pid=$(cat "$pid_file" 2>/dev/null || true)
        if running "$pid"; then
            kill -KILL "$pid"
            while running "$pid"; do sleep 0.05; done
            echo "stopped $pid"
        fi
        rm -f "$pid_file"
        [ "${1:-}" != stop ] || exit 0
        setsid '{{DotnetHost.Path}}' '{{Path.Combine(AppContext.BaseDirectory, "AwoooP.Webshop.dll")}}' {{port}} >> '{{folder}}/webshop.log' 2>&1 < /dev/null &
        echo $! > "$pid_file"
        until curl --silent --fail --output /dev/null http://127.0.0.1:{{port}}/; do
            running "$(cat "$pid_file")" || { echo 'the web shop ended while starting' >&2; exit 1; }
            sleep 0.1
        done
        echo "started $(cat "$pid_file")"

        """;
}
