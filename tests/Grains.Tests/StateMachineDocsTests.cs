using System.Runtime.CompilerServices;
using System.Text;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Contracts;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests;

/// <summary>docs/state-machines.md is drawn from the tables. With AWOOOP_REWRITE=1 this writes it anew.</summary>
public sealed class StateMachineDocsTests
{
    [Fact]
    public void Docs_ShowTheTablesAsTheyAre()
    {
        var text = new StringBuilder(
            """
            # State machines

            Drawn from the transition tables by a test (`AWOOOP_REWRITE=1` rewrites this file). A name in brackets is a guard;
            of several arrows for one trigger, the first whose guard holds is taken.


            """);
        Append(text, "Alert", AlertTransitions.Table.ToMermaid());
        Append(text, "Incident", IncidentTransitions.Table.ToMermaid());
        Append(text, "Playbook", PlaybookTransitions.Table.ToMermaid());
        Append(text, "Approval", ApprovalTransitions.Table.ToMermaid());
        Append(text, "Run", RunTransitions.Table.ToMermaid());
        Append(text, "Notification", NotificationTransitions.Table.ToMermaid());
        Append(text, "Operator key", OperatorKeyTransitions.Table.ToMermaid());
        Append(text, "Project", ProjectTransitions.Table.ToMermaid());
        Append(text, "Version of a contract", ContractTransitions.Table.ToMermaid());
        var expected = text.ToString().TrimEnd() + "\n";

        var path = Path.Combine(Folder(), "..", "..", "docs", "state-machines.md");
        if (Environment.GetEnvironmentVariable("AWOOOP_REWRITE") == "1")
            File.WriteAllText(path, expected);

        File.ReadAllText(path).ShouldBe(expected);
    }

    private static void Append(StringBuilder text, string subject, string diagram) =>
        text.Append("## ").Append(subject).Append("\n\n```mermaid\n").Append(diagram).Append("```\n\n");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
