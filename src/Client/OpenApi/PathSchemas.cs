using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Client.Auth;
using AwoooP.Client.Queries;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Playbooks;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Types and bounds of what stands in paths, from what requests are held to: nothing outside of them is ever found.</summary>
internal static class PathSchemas
{
    private static readonly FrozenDictionary<string, Func<OpenApiSchema>> All = new Dictionary<string, Func<OpenApiSchema>>
    {
        ["account"] = static () => Shaped(AccountId.Shape),
        ["approval_id"] = Uuid,
        ["dead_letter_id"] = Uuid,
        ["hold_id"] = Uuid,
        ["incident_id"] = static () => Shaped(IncidentId.Shape),
        ["key_id"] = static () => Shaped(ApiKey.IdShape),
        ["kind"] = Kind,
        ["name"] = static () => Patterned(ContractId.NamePattern),
        ["playbook_id"] = static () => Shaped(PlaybookId.Shape),
        ["position"] = static () => Patterned(Position.Pattern),
        ["run_id"] = Uuid,
        ["version"] = QueryVersion.Describe,
    }.ToFrozenDictionary();

    /// <returns>Null when nothing is known of it; a test holds the document to have bounds for all.</returns>
    public static OpenApiSchema? Of(string name) => All.GetValueOrDefault(name)?.Invoke();

    private static OpenApiSchema Uuid() => new() { Type = JsonSchemaType.String, Format = "uuid" };

    private static OpenApiSchema Shaped(string shape) => Patterned($"^(?:{shape})$");

    private static OpenApiSchema Patterned(string pattern) => new() { Type = JsonSchemaType.String, Pattern = DescribePattern.Of(pattern) };

    private static OpenApiSchema Kind() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Enum.GetValues<ContractKind>().Where(static kind => kind is not ContractKind.None).Select(static kind => (JsonNode)JsonValue.Create(Literal.Of(kind))!)],
    };
}
