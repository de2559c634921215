namespace AwoooP.Client.Api;

/// <summary>Something that happened, as the event stream tells it: enough to know what to read again.</summary>
/// <param name="Type">The event's name in the log, e.g. <c>incident.opened</c>.</param>
/// <param name="Id">The id of the incident, approval, run, playbook, contract, alert or notification, or the account of a budget.</param>
/// <param name="Position">Where it stands in the log; also the id of the server-sent event.</param>
public sealed record StreamedEvent(string Type, string Id, string ProjectId, string Position, long Version, string Actor, DateTimeOffset At, string? TraceId);
