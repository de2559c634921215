using System.Diagnostics;
using System.Net;

namespace AwoooP.Bench.Intake;

/// <summary>Debian's Alertmanager on loopback, with nothing behind it.</summary>
internal sealed class Alertmanager : IDisposable
{
    private readonly Process _process;

    private Alertmanager(Process process, IPEndPoint address)
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
        var start = new ProcessStartInfo("prometheus-alertmanager",
            [$"--config.file={config}", $"--storage.path={folder}/alertmanager", $"--web.listen-address={address}", "--cluster.listen-address=", "--log.level=error"])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var alertmanager = new Alertmanager(Process.Start(start)!, address);
        alertmanager._process.BeginErrorReadLine();
        alertmanager._process.BeginOutputReadLine();
        await LoopbackPort.WaitReadyAsync(address);
        return alertmanager;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
