using System.Net;
using AwoooP.Demo;

namespace AwoooP.Bench.Intake;

/// <summary>Debian's Alertmanager on loopback, with nothing behind it.</summary>
internal sealed class Alertmanager : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Alertmanager(ChildProcess process, IPEndPoint address)
    {
        _process = process;
        Address = address;
    }

    public IPEndPoint Address { get; }

    public static async Task<Alertmanager> StartAsync(string folder)
    {
        var address = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());
        var config = Path.Combine(folder, "alertmanager.yml");
        await File.WriteAllTextAsync(config, "route: { receiver: none }\nreceivers: [{ name: none }]\n");
        var process = ChildProcess.Start("prometheus-alertmanager",
        [
            $"--config.file={config}", $"--storage.path={folder}/alertmanager", $"--web.listen-address={address}",
            "--cluster.listen-address=", "--log.level=error",
        ], Path.Combine(folder, "alertmanager.log"));
        await Readiness.WaitAsync(new Uri($"http://{address}/-/ready"), CancellationToken.None);
        return new Alertmanager(process, address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
