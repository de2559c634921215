using System.Text.Json.Nodes;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>alert_operation_log</c> before it has its key, time and actor.</summary>
/// <param name="Type">A label of alert_event_type.</param>
internal sealed record AlertOperation(string Type, string? Detail = null, bool? Success = null)
{
    public string? IncidentId { get; init; }
    public string? ApprovalId { get; init; }
    public string? AuditLogId { get; init; }
    public string? AutoRepairId { get; init; }
    public string? Error { get; init; }
    public JsonObject Context { get; init; } = [];
}

internal sealed record AlertOperationLine(DecodedEvent Event, AlertOperation Operation);
