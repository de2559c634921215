using System.Reflection;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Intake;

/// <summary>The parts of Alertmanager's API v2 around the alerts themselves, in the shapes that amtool reads.</summary>
internal static class AlertmanagerStatusEndpoints
{
    public const string Receiver = "awooop";

    public static void MapAlertmanagerStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/status", Status).NeedsKeyUnlessLoopback(OperatorRole.Viewer).WithTags("intake")
            .WithSummary("Version and start time, as Alertmanager tells them");
        routes.MapGet("/api/v2/receivers", Receivers).NeedsKeyUnlessLoopback(OperatorRole.Viewer).WithTags("intake").WithSummary("The one receiver of every alert");
        routes.MapGet("/api/v2/silences", Silences).NeedsKeyUnlessLoopback(OperatorRole.Viewer).WithTags("intake").WithSummary("Always empty: silences are not offered");
        routes.MapPost("/api/v2/silences", NoSilence).NeedsKeyUnlessLoopback(OperatorRole.Operator).WithTags("intake").WithSummary("Refused: silences are not offered")
            .Produces(StatusCodes.Status501NotImplemented);
    }

    private static JsonHttpResult<AlertmanagerStatus> Status(AlertmanagerUptime uptime) => TypedResults.Json(
        new AlertmanagerStatus(
            new ClusterStatus("disabled", "", []),
            Build(),
            new ConfigStatus(""),
            uptime.StartedAt),
        AlertmanagerJson.Default.AlertmanagerStatus);

    private static JsonHttpResult<IReadOnlyList<ReceiverName>> Receivers() =>
        TypedResults.Json<IReadOnlyList<ReceiverName>>([new ReceiverName(Receiver)], AlertmanagerJson.Default.IReadOnlyListReceiverName);

    private static JsonHttpResult<IReadOnlyList<string>> Silences() =>
        TypedResults.Json<IReadOnlyList<string>>([], AlertmanagerJson.Default.IReadOnlyListString);

    private static AlertmanagerAnswer NoSilence() => new(new ProblemDocument
    {
        Status = StatusCodes.Status501NotImplemented,
        Title = "Not offered",
        Code = "silences_not_offered",
        Detail = "Silences are not offered. Pause automation instead, or silence at the sender.",
    });

    /// <summary>The build names itself <c>version+commit</c>, without the commit when it was made outside of a repository.</summary>
    private static VersionInfo Build()
    {
        var name = typeof(AlertmanagerStatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var parts = name.Split('+', 2);
        return new VersionInfo(parts[0], parts.ElementAtOrDefault(1) ?? "", "", "", "", "");
    }
}
