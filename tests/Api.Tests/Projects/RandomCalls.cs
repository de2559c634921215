using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Api.Tests.Projects;

/// <summary>
/// Random calls of the operations that an OpenAPI document names: paths, queries and bodies are filled by their names and schemas. A call is aimed at one
/// tenant, half of them at the other's: its ids are then mostly of the right kind and of that tenant, else of another kind, or anything.
/// </summary>
internal sealed class RandomCalls(JsonElement document, Random random, TenantIds ids)
{
    private const int MaxDepth = 6;

    private readonly (string Method, string Path, JsonElement Operation)[] _operations =
    [
        .. document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (operation.Name, path.Name, operation.Value))),
    ];

    private string _path = "";
    private string _whose = TwoTenants.Mine;
    private string _contract = "";

    /// <summary>What there is to draw from, as <c>GET /v1/platform/incidents</c>.</summary>
    public IEnumerable<string> Operations => _operations.Select(static operation => NameOf(operation.Method, operation.Path));

    public (string Operation, HttpRequestMessage Request) Next()
    {
        var (method, path, operation) = _operations[random.Next(_operations.Length)];
        _path = path;
        _whose = Pick(TwoTenants.Mine, TwoTenants.Theirs);
        _contract = Pick(TwoTenants.ContractsOf(_whose));
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()) };
        var named = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(Resolve).ToArray() : [];
        foreach (var parameter in named)
        {
            var name = parameter.GetProperty("name").GetString()!;
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Value(name)), StringComparison.Ordinal);
                    break;
                case "query" when name == "project_id":
                    query.AddRange(Pick<string[]>([], [], [TwoTenants.Mine], [TwoTenants.Mine], [TwoTenants.Theirs], [TwoTenants.Mine, TwoTenants.Theirs], ["nowhere"], ["*"])
                        .Select(project => $"project_id={Uri.EscapeDataString(project)}"));
                    break;
                case "query" when random.Next(4) == 0 || IsDiff:
                    query.Add($"{name}={Uri.EscapeDataString(Value(name))}");
                    break;
                case "header" when name != "Awooop-After" && random.Next(4) == 0:
                    request.Headers.TryAddWithoutValidation(name, name == "If-Match" ? Pick("\"1\"", "\"2\"", "*", "W/\"1\"") : Pick("key-1", "key-2", $"key-{random.Next()}"));
                    break;
            }
        }

        request.RequestUri = new Uri(query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", UriKind.Relative);
        if (operation.TryGetProperty("requestBody", out var body))
        {
            var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
            request.Content = new StringContent(Instance(schema, "", 0)?.ToJsonString() ?? "null", Encoding.UTF8, "application/json");
        }

        return (NameOf(method, _path), request);
    }

    private static string NameOf(string method, string path) => $"{method.ToUpperInvariant()} {path}";

    /// <summary>A comparison without its two versions compares nothing.</summary>
    private bool IsDiff => _path.EndsWith("/diff", StringComparison.Ordinal);

    private JsonElement Resolve(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
            element = reference.GetString()!.Split('/').Skip(1).Aggregate(document, static (at, part) => at.GetProperty(part));
        return element;
    }

    /// <summary>What a parameter or a text of that name may be: mostly an id of its kind, else one of another, else anything.</summary>
    private string Value(string name) => random.Next(20) switch
    {
        0 => Pick("", "'", "../../right", "right/INC-20260115-AAAAAA", "%", "null", "\u0000", "*", "a,b", "99999999999999999999", "🛑"),
        1 => Id(Pick("incident_id", "playbook_id", "run_id", "project_id", "key_id", "position", "account")),
        _ => Id(name),
    };

    /// <summary>No value holds a tenant's mark but those of a filter: what was written into one's own records would come back as if it had leaked.</summary>
    private string Id(string name) => name switch
    {
        "incident_id" or "object_id" => TwoTenants.IncidentOf(_whose, random.Next(2)),
        "playbook_id" => TwoTenants.PlaybookOf(_whose, random.Next(2)),
        "run_id" or "approval_id" or "dead_letter_id" or "hold_id" or "signature_id" => TwoTenants.RunOf(_whose, random.Next(2)).ToString(),
        "project_id" or "default_project" => random.Next(5) == 0 ? "nowhere" : _whose,
        "key_id" => TwoTenants.KeyOf(_whose, random.Next(2)),
        "kind" => _path.EndsWith("/runs", StringComparison.Ordinal) ? "repair" : _contract.Split('/')[0],
        "name" => _contract.Split('/')[1],
        "version" => Pick("1", "1", "2", "3"),
        "agent_id" => TwoTenants.NameOf(_whose, random.Next(2)),
        "account" => Pick(TwoTenants.AccountsOf(_whose)),
        "position" => Pick(ids.Positions[_whose]),
        "document_sha256" => Pick(ids.Documents[_whose]),
        "cursor" => Cursor(),
        "from" or "to" when IsDiff => Pick("1", "1", "2"),
        "from" or "to" or "since" or "until" => Pick("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2030-01-01T00:00:00+08:00", "2030-01-01T00:00:00+08:00", "yesterday"),
        "limit" => random.Next(0, 210).ToString(CultureInfo.InvariantCulture),
        "filter" => Pick("owner=~\".*\"", "owner=\"zzmarkright\"", "alertname!=\"x\"", "broken"),
        "scope" => Pick("project", "project", "playbook", "all", "operators"),
        "status" or "state" => Pick("pending", "draft", "investigating", "active", "waiting_approval", "delivered"),
        "active" or "success" or "open" or "revoked" or "silenced" or "inhibited" or "unprocessed" => Pick("true", "false"),
        "by" => Pick("day", "agent", "model", "incident", "run"),
        "outcome" => Pick("done", "failed"),
        _ => Pick("some text", "P1", "repair", "platform", "zz"),
    };

    /// <summary>Where a list of either tenant goes on: mostly the list that is asked for.</summary>
    private string Cursor() => ids.Cursors.TryGetValue(_path, out var own) && random.Next(5) > 0
        ? Pick(own)
        : Pick(ids.Cursors.Values.ElementAt(random.Next(ids.Cursors.Count)));

    private JsonNode? Instance(JsonElement given, string name, int depth)
    {
        var schema = Resolve(given);
        if (depth > MaxDepth || random.Next(40) == 0)
            return null;
        if (schema.TryGetProperty("enum", out var literals))
            return JsonNode.Parse(literals[random.Next(literals.GetArrayLength())].GetRawText());
        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
                return Instance(choices[random.Next(choices.GetArrayLength())], name, depth);
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, name, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Instance(schema.GetProperty("items"), name, depth + 1))]),
            // The largest that is allowed: a quota that binds would end the calls.
            "integer" or "number" => schema.TryGetProperty("maximum", out var most) ? (JsonNode)most.GetInt32() : random.Next(1, 9),
            "boolean" => random.Next(2) == 0,
            "string" => Value(name),
            _ => null,
        };
    }

    private JsonObject Object(JsonElement schema, string name, int depth)
    {
        var json = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static item => item.GetString()!).ToHashSet() : [];
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(property => required.Contains(property.Name) ? random.Next(20) > 0 : random.Next(2) == 0))
                json[property.Name] = Instance(property.Value, property.Name, depth + 1);
        }

        if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
            json[Pick(TwoTenants.Mine, TwoTenants.Theirs, "*", "alertname", "owner")] = Instance(values, name, depth + 1);
        return json;
    }

    /// <summary>Of several, the first that is not null.</summary>
    private static string? TypeOf(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static item => item.GetString()).FirstOrDefault(static item => item != "null") : type.GetString()
        : null;

    private T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
