using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests.Registers;

/// <summary>Something of the API that holds one text, of which each answer tells what the grain holds.</summary>
internal abstract class HttpRegister
{
    /// <summary>What it held at first.</summary>
    public abstract string? Initial { get; }

    /// <summary>Whether a write can be made to depend on what was read, by the ETag.</summary>
    public abstract bool CanSwap { get; }

    public abstract PlatformRequest Read();

    public abstract PlatformRequest Write(string value);

    /// <summary>What an answer to a read tells.</summary>
    public abstract string? ValueOf(JsonNode answer);

    /// <summary>The name of a playbook.</summary>
    public sealed class PlaybookName(string playbook, string initial) : HttpRegister
    {
        public override string? Initial => initial;

        public override bool CanSwap => true;

        public override PlatformRequest Read() => new(HttpMethod.Get, $"playbooks/{playbook}");

        public override PlatformRequest Write(string value) =>
            new(HttpMethod.Put, $"playbooks/{playbook}", RevisionLoad.Revision(value));

        public override string? ValueOf(JsonNode answer) => (string?)answer["definition"]!["name"];
    }

    /// <summary>Why a playbook is paused; null when it is not.</summary>
    public sealed class PauseReason(string playbook) : HttpRegister
    {
        public override string? Initial => null;

        public override bool CanSwap => false;

        public override PlatformRequest Read() => new(HttpMethod.Get, "pause");

        public override PlatformRequest Write(string value) =>
            new(HttpMethod.Put, "pause", $$"""{"scope":"playbook","playbook_id":"{{playbook}}","reason":"{{value}}"}""");

        public override string? ValueOf(JsonNode answer) => (string?)answer["playbooks"]?[playbook]?["reason"];
    }
}
