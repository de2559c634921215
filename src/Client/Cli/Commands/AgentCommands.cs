using System.CommandLine;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class AgentCommands
{
    private static readonly QueryOption Status = new("--status", "status", "active or inactive.");

    public static IEnumerable<Command> Create() =>
    [
        CommandLine.List(
            "agents", "Agents by their contracts in force, newest first.", "No agents.", [], _ => $"{PlatformApi.Root}/agents", [Status],
            "agent_id:agent", "status", "contract_version:version", "purpose", "autonomy", "models", "limits", "activated_at"),
        CommandLine.List(
            "policies", "Policies by their contracts in force, newest first.", "No policies.", [], _ => $"{PlatformApi.Root}/policies", [Status],
            "policy_id:policy", "status", "contract_version:version", "description", "activated_at"),
    ];
}
