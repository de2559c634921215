using System.Net;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Playbooks of which only the name counts.</summary>
internal sealed class Playbooks(string key) : IDisposable
{
    private readonly PlatformClient _platform = new(key);

    /// <summary>Answers its id.</summary>
    public async Task<string> CreateAsync(ServerProcess silo, string name)
    {
        var created = await DoneAsync(silo, new(HttpMethod.Post, "playbooks", RevisionLoad.Definition(name)), HttpStatusCode.Created);
        return (string)JsonNode.Parse(created.Body)!["playbook_id"]!;
    }

    /// <summary>One whose partition the silo owns at the moment.</summary>
    public async Task<string> CreateOwnedAsync(AwooopSystem system, ServerProcess silo, string name)
    {
        while (true)
        {
            var playbook = await CreateAsync(silo, name);
            if (await system.CountAsync(
                $"""
                select count(*) from journal.event e join journal.partition p on p.partition = e.partition
                where e.type = 'playbook.created' and e.grain_key like '%/{playbook}' and p.owner = '{silo.Name}'
                """) == 1)
                return playbook;
        }
    }

    public Task RenameAsync(ServerProcess silo, string playbook, string name) =>
        DoneAsync(silo, new(HttpMethod.Put, $"playbooks/{playbook}", RevisionLoad.Revision(name)), HttpStatusCode.OK);

    /// <summary>The name that the silo tells as soon as it answers; null when it says that there is none.</summary>
    public async Task<string?> FirstAnswerAsync(ServerProcess silo, string playbook)
    {
        var answer = await DoneAsync(silo, new(HttpMethod.Get, $"playbooks/{playbook}"), HttpStatusCode.OK, HttpStatusCode.NotFound);
        return answer.IsDone ? NameIn(answer.Body) : null;
    }

    /// <summary>Asks for a playbook in a connection of its own, whether or not anybody there is awake.</summary>
    public Task<WaitingRequest> AskAsync(ServerProcess silo, string playbook) => WaitingRequest.SendAsync(silo.Address, $"v1/platform/playbooks/{playbook}", key);

    public static string NameIn(string body) => (string)JsonNode.Parse(body)!["definition"]!["name"]!;

    public void Dispose() => _platform.Dispose();

    private async Task<CallEnd> DoneAsync(ServerProcess silo, PlatformRequest request, params HttpStatusCode[] ends)
    {
        CallEnd answer = default;
        await Readiness.UntilAsync(
            async token =>
            {
                answer = await _platform.SendAsync(silo.Address, request, token);
                return ends.Contains(answer.Status);
            },
            $"{silo.Name} does not answer {request.Method} {request.Path}",
            CancellationToken.None);
        return answer;
    }
}
