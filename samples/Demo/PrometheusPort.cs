using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Demo;

/// <summary>Where the silo asks Prometheus, which is where that of the demo must listen.</summary>
public static class PrometheusPort
{
    // What the silo takes in its file.
    private static readonly JsonDocumentOptions AsSettings = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private const string Default = "http://127.0.0.1:9090";

    /// <summary>As the silo reads its settings: the environment, then its file.</summary>
    /// <param name="data">The data folder.</param>
    /// <exception cref="InvalidOperationException">The demo's Prometheus cannot listen there.</exception>
    public static int Find(string data)
    {
        var address = new Uri(Environment.GetEnvironmentVariable("Integrations__Prometheus__Url") ?? FromFile(Path.Combine(data, "silo.json")) ?? Default);
        if (!address.IsLoopback)
            throw new InvalidOperationException($"the silo asks Prometheus at {address}, which is not this machine. Set Integrations:Prometheus:Url to a port of 127.0.0.1.");

        return LoopbackPort.IsFree(address.Port)
            ? address.Port
            : throw new InvalidOperationException(
                $"port {address.Port}, where the silo asks Prometheus, is in use. Run ./awooop down first: the demo then brings up a system of its own, on a free port.");
    }

    private static string? FromFile(string file) =>
        File.Exists(file) ? (string?)JsonNode.Parse(File.ReadAllText(file), documentOptions: AsSettings)?["Integrations"]?["Prometheus"]?["Url"] : null;
}
