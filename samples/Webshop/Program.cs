// A small real service that can be made to fail: after POST /break it answers 503 until it is started anew.
// Usage: AwoooP.Webshop PORT
using System.Globalization;

var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Logging.SetMinimumLevel(LogLevel.Warning);

var app = builder.Build();
var healthy = true;
app.MapGet("/", () => Volatile.Read(ref healthy)
    ? Results.Text("Welcome to the web shop.\n")
    : Results.Text("The web shop hangs.\n", statusCode: StatusCodes.Status503ServiceUnavailable));
app.MapGet("/metrics", () => Results.Text(
    $"# HELP webshop_healthy Whether the shop serves its customers.\n# TYPE webshop_healthy gauge\nwebshop_healthy {(Volatile.Read(ref healthy) ? 1 : 0)}\n"));
app.MapPost("/break", () =>
{
    Volatile.Write(ref healthy, false);
    return Results.NoContent();
});
await app.RunAsync();
