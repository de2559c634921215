using System.Text.RegularExpressions;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Time;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Intake;

/// <summary>
/// The active alerts as Alertmanager lists them. Nothing is silenced, inhibited or unprocessed here, so those switches only take their
/// defaults; <c>active=false</c> leaves nothing.
/// </summary>
internal static class AlertListEndpoints
{
    private const int MaxMatchers = 50;

    public static void MapAlertList(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/alerts", ListAsync).NeedsKeyUnlessLoopback(OperatorRole.Viewer).WithTags("intake")
            .WithSummary("Active alerts, as Alertmanager lists them");

    private static async Task<IResult> ListAsync(
        HttpContext http, QueryTexts filter, QueryFlag active, QueryFlag silenced, QueryFlag inhibited, QueryFlag unprocessed, string? receiver,
        AlertMemberQueries queries, PlatformZone zone, IOptions<FrontOptions> options, CancellationToken cancellationToken)
    {
        if (QueryErrors.Find(http) is { } broken)
            return new AlertmanagerAnswer(broken);

        var matchers = new List<LabelMatcher>();
        foreach (var text in filter.Values)
        {
            if (MatcherText.Parse(text) is not { } matcher)
                return new AlertmanagerAnswer(Problem.BadRequest("invalid_matcher", "A filter must be name=\"value\", with =, !=, =~ or !~."));

            matchers.Add(matcher);
        }

        if (matchers.Count > MaxMatchers)
            return new AlertmanagerAnswer(Problem.BadRequest("too_many_matchers", $"At most {MaxMatchers} filters."));

        if (ReceiverMatches(receiver) is not { } received)
            return new AlertmanagerAnswer(Problem.BadRequest("invalid_receiver", "receiver must be a regular expression."));

        var projects = ProjectScope.Of(http, OperatorIdentity.Of(http)?.DefaultProject ?? options.Value.DefaultProject).Projects;
        IReadOnlyList<AlertMemberRow> rows = active.Value != false && received && projects is [var project]
            ? await queries.ListActiveAsync(project, matchers, cancellationToken)
            : [];
        return TypedResults.Json<IReadOnlyList<GettableAlert>>([.. rows.Select(row => Of(row, zone))], AlertmanagerJson.Default.IReadOnlyListGettableAlert);
    }

    private static bool? ReceiverMatches(string? receiver)
    {
        if (string.IsNullOrEmpty(receiver))
            return true;

        try
        {
            return Regex.IsMatch(AlertmanagerStatusEndpoints.Receiver, $@"\A(?:{receiver})\z", RegexOptions.NonBacktracking);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static GettableAlert Of(AlertMemberRow row, PlatformZone zone) => new(
        row.Annotations,
        zone.Local(row.EndsAt),
        row.MemberId,
        [new ReceiverName(AlertmanagerStatusEndpoints.Receiver)],
        zone.Local(row.StartsAt),
        new GettableStatus([], [], "active"),
        zone.Local(row.UpdatedAt),
        row.GeneratorUrl ?? "",
        row.Labels);
}
