using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class AuditCommands
{
    private static readonly QueryOption Approval = new("--approval", "approval_id", "Only what this approval allowed.");
    private static readonly QueryOption Success = new("--success", "success", "true or false.");

    public static Command Create() => CommandLine.List(
        "audit", "Operations that runs have executed on their targets, newest first.", "No operations.", [], _ => $"{PlatformApi.Root}/audit",
        [Approval, Success, SharedOptions.Since],
        "created_at", "operation_type", "target_resource", "success", "executed_by", "approval_id", "error_message");
}
