using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests.Registers;

/// <summary>Something of the API that holds one text, of which each answer tells what the grain holds.</summary>
internal abstract class HttpRegister
{
    /// <summary>What it held at first.</summary>
    public abstract string? Initial { get; }

    /// <summary>Whether a write can be made to depend on what was read, by the ETag.</summary>
    public abstract bool CanSwap { get; }

    public abstract HttpRequestMessage Read(Uri silo);

    public abstract HttpRequestMessage Write(Uri silo, string value);

    /// <summary>What an answer to a read tells.</summary>
    public abstract string? ValueOf(JsonNode answer);

    protected static HttpRequestMessage Message(HttpMethod method, Uri silo, string path, string? body = null) => new(method, new Uri(silo, $"v1/platform/{path}"))
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
    };

    /// <summary>The name of a playbook.</summary>
    public sealed class PlaybookName(string playbook, string initial) : HttpRegister
    {
        public override string? Initial => initial;

        public override bool CanSwap => true;

        public override HttpRequestMessage Read(Uri silo) => Message(HttpMethod.Get, silo, $"playbooks/{playbook}");

        public override HttpRequestMessage Write(Uri silo, string value) =>
            Message(HttpMethod.Put, silo, $"playbooks/{playbook}", $$"""{"definition":{{RevisionLoad.Definition(value)}}}""");

        public override string? ValueOf(JsonNode answer) => (string?)answer["definition"]!["name"];
    }

    /// <summary>Why a playbook is paused; null when it is not.</summary>
    public sealed class PauseReason(string playbook) : HttpRegister
    {
        public override string? Initial => null;

        public override bool CanSwap => false;

        public override HttpRequestMessage Read(Uri silo) => Message(HttpMethod.Get, silo, "pause");

        public override HttpRequestMessage Write(Uri silo, string value) =>
            Message(HttpMethod.Put, silo, "pause", $$"""{"scope":"playbook","playbook_id":"{{playbook}}","reason":"{{value}}"}""");

        public override string? ValueOf(JsonNode answer) => (string?)answer["playbooks"]?[playbook]?["reason"];
    }
}
