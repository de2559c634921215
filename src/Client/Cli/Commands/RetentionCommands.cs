using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Client.Http;

namespace AwoooP.Client.Cli.Commands;

internal static class RetentionCommands
{
    private const string Root = $"{PlatformApi.Root}/retention";

    private static readonly Argument<string> Table = new("table") { Description = "A table with a term, e.g. timeline_events." };
    private static readonly Argument<int> Days = new("days") { Description = "Days that its rows are kept, within its bounds." };

    public static Command Create() => CommandLine.Group("retention", "How long rows are kept.",
        CommandLine.Api("list", "The terms in force. Tables that are not named are kept for ever.", [], async (arguments, api, token) =>
        {
            var view = await api.GetAsync(Root, token);
            if (Shown.IsJson(arguments))
                Shown.Json(view);
            else
                Shown.Rows([.. view.GetProperty("terms").EnumerateArray()], "No table has a term.", "table", "days", "default_days", "least_days", "most_days");
        }),
        CommandLine.Api("last", "What the last sweep removed, and when the next is due.", [], async (arguments, api, token) =>
            Shown.One(arguments, await api.GetAsync(Root, token))),
        CommandLine.Api(
            "set", "Keep the rows of a table for so many days, after showing the term before and after.", [Table, Days, Confirmation.DryRun, Confirmation.Yes],
            (arguments, api, token) => ChangeAsync(arguments, api, arguments.GetValue(Days), token)),
        CommandLine.Api(
            "reset", "Give a table its default term again, after showing the term before and after.", [Table, Confirmation.DryRun, Confirmation.Yes],
            (arguments, api, token) => ChangeAsync(arguments, api, null, token)));

    /// <summary>The terms that differ from their defaults, changed; what somebody else changed meanwhile is refused and not overwritten.</summary>
    /// <param name="wanted">Null for the default.</param>
    private static async Task ChangeAsync(ParseResult arguments, ApiConnection api, int? wanted, CancellationToken cancellationToken)
    {
        var view = await api.GetAsync(Root, cancellationToken);
        var terms = view.GetProperty("terms").EnumerateArray()
            .ToDictionary(static term => term.GetProperty("table").GetString()!, static term => (Days: Number(term, "days"), Default: Number(term, "default_days")));
        var table = arguments.GetValue(Table)!;
        if (!terms.TryGetValue(table, out var known))
            throw new CliException(ExitCodes.Invalid, $"{table} has no term: it is kept for ever. There are {string.Join(", ", terms.Keys)}.");

        var after = wanted ?? known.Default;
        var changed = after != known.Days;
        if (!Shown.IsJson(arguments))
            Show(table, known.Days, after, view);
        var applied = changed && Confirmation.MayChange(arguments);
        if (applied)
        {
            var days = new JsonObject();
            foreach (var (name, term) in terms.Where(other => other.Key != table && other.Value.Days != other.Value.Default))
                days[name] = term.Days;
            if (wanted is not null)
                days[table] = after;
            view = await api.SendAsync(HttpMethod.Put, Root, new JsonObject { ["days"] = days }, cancellationToken, tag: VersionTag.Of(view.GetProperty("version").GetInt64()));
            if (!Shown.IsJson(arguments))
                Console.WriteLine($"retention of {table}: changed, version {view.GetProperty("version").GetRawText()}");
        }

        if (Shown.IsJson(arguments))
        {
            var told = new JsonObject { ["table"] = table, ["applied"] = applied, ["before"] = known.Days, ["after"] = after };
            Shown.Json(JsonElement.Parse(told.ToJsonString()));
        }
    }

    private static void Show(string table, int before, int after, JsonElement view)
    {
        Console.WriteLine(before == after ? $"retention of {table}: no changes" : $"retention of {table}: 1 change");
        if (before == after)
            return;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ~ days: {before} -> {after}"));
        if (after >= before)
            return;

        var sweep = view.GetProperty("next_at") is { ValueKind: JsonValueKind.String } next ? $"the sweep of {next.GetString()}" : "the next sweep";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  Rows that ended {after} to {before} days ago go with {sweep}, for good, unless a legal hold keeps them."));
    }

    private static int Number(JsonElement term, string name) => term.GetProperty(name).GetInt32();
}
