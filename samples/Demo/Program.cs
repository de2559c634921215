using AwoooP.Demo;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var story = new Story(Console.Out);
var address = new Uri(Environment.GetEnvironmentVariable("AWOOOP_URL") ?? "http://127.0.0.1:8080");
var data = Path.GetFullPath(Environment.GetEnvironmentVariable("AWOOOP_DATA") ?? ".awooop");
var folder = Path.Combine(data, "demo");
try
{
    var key = (await File.ReadAllTextAsync(Path.Combine(data, "operator.key"), stop.Token)).Trim();
    using var admin = new AwooopApi(new Uri(address, "/"), key);
    Directory.CreateDirectory(folder);
    await using var shop = await Webshop.StartAsync(folder, Path.Combine(data, "programs"), stop.Token);
    await using var monitoring = await MonitoringStack.StartAsync(folder, PrometheusPort.Find(data), shop.Address, admin.Address, stop.Token);
    story.Tell("The web shop, Prometheus and Alertmanager are running, all on loopback.");
    await new Journey(admin, story).RunAsync(shop, monitoring, args.Contains("--manual"), stop.Token);
    story.Tell("Done; everything that the demo started is stopped again.");
    return 0;
}
catch (Exception fault) when (fault is InvalidOperationException or TimeoutException or IOException or HttpRequestException or OperationCanceledException)
{
    Console.Error.WriteLine($"The demo did not end well: {fault.Message}");
    Console.Error.WriteLine($"The logs of what it started are in {folder}");
    return 1;
}
