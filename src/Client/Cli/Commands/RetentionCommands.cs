using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

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
        CommandLine.Api("set", "Keep the rows of a table for so many days.", [Table, Days], (arguments, api, token) =>
            ChangeAsync(arguments, api, days => days[arguments.GetValue(Table)!] = arguments.GetValue(Days), token)),
        CommandLine.Api("reset", "Give a table its default term again.", [Table], (arguments, api, token) =>
            ChangeAsync(arguments, api, days => days.Remove(arguments.GetValue(Table)!), token)));

    /// <summary>The terms that differ from their defaults, changed; what somebody else changed meanwhile is refused and not overwritten.</summary>
    private static async Task ChangeAsync(ParseResult arguments, ApiConnection api, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        var view = await api.GetAsync(Root, cancellationToken);
        var days = new JsonObject();
        foreach (var term in view.GetProperty("terms").EnumerateArray().Where(static term => term.GetProperty("days").GetInt32() != term.GetProperty("default_days").GetInt32()))
            days[term.GetProperty("table").GetString()!] = term.GetProperty("days").GetInt32();
        change(days);
        var tag = $"\"{view.GetProperty("version").GetInt64()}\"";
        Shown.One(arguments, await api.SendAsync(HttpMethod.Put, Root, new JsonObject { ["days"] = days }, cancellationToken, tag: tag));
    }
}
