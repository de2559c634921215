using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Runs;
using AwoooP.Wording;

namespace AwoooP.Notifications;

/// <summary>What people are told of an event.</summary>
/// <param name="Matter">Names what it is about, once; part of the notification's id.</param>
internal sealed record NotificationContent(string Matter, string Type, string Title, string Body, string? IncidentId, Guid? ApprovalId)
{
    /// <summary>The matter of an approval's request, which a vote must find again.</summary>
    public static string MatterOf(Guid approvalId) => $"approval/{approvalId}/requested";

    /// <returns>Null when nobody is to be told.</returns>
    public static NotificationContent? Of(RecordedEvent recorded, object data) => data switch
    {
        IncidentOpened opened => new(
            EventMatter(recorded),
            opened.Classification.NotificationType,
            $"[{opened.Classification.Severity}] {opened.Identity.AlertName}{(TargetName.Of(opened.Identity) is { } target ? $" on {target}" : "")}",
            $"Incident {opened.IncidentId} was opened ({opened.Classification.Category}).",
            opened.IncidentId,
            null),
        IncidentReopened => new(
            EventMatter(recorded),
            NotificationTypes.NotificationOnly,
            $"{recorded.Id.LocalKey} fires again",
            "The alert came back within 30 minutes.",
            recorded.Id.LocalKey,
            null),
        IncidentEscalated escalated => new(
            EventMatter(recorded),
            NotificationTypes.Escalation,
            $"{recorded.Id.LocalKey} was escalated",
            $"By {escalated.By}: {escalated.Reason}",
            recorded.Id.LocalKey,
            null),
        IncidentResolved resolved => new(
            EventMatter(recorded), NotificationTypes.NotificationOnly, $"{recorded.Id.LocalKey} is resolved", Resolution(resolved), recorded.Id.LocalKey, null),
        ApprovalRequested requested => new(
            MatterOf(requested.Plan.ApprovalId),
            NotificationTypes.NeedsApproval,
            $"Approval needed: {requested.Plan.PlaybookName} on {TargetName.Of(requested.Plan)}",
            $"{requested.Description}\nRisk {requested.Plan.EffectiveRisk}, {requested.RequiredVotes} vote(s), until {requested.ExpiresAt:O}.",
            requested.Plan.IncidentId,
            requested.Plan.ApprovalId),
        ApprovalEscalated escalated => new(
            EventMatter(recorded),
            NotificationTypes.Escalation,
            $"Approval still open for {escalated.IncidentId}",
            "Two thirds of its time have passed without a decision.",
            escalated.IncidentId,
            Guid.Parse(recorded.Id.LocalKey)),
        RunCompleted { IsShadow: false } completed => new(
            EventMatter(recorded),
            NotificationTypes.AutomaticRepairDone,
            $"Repair of {TargetName.Of(completed.Plan)} {(completed.Verified ? "is verified" : "is done, not verified")}",
            $"{completed.Plan.PlaybookName} ran for {completed.Plan.IncidentId}.{(completed.Verified ? "" : $" {CodeWords.Of(RunErrors.Unverified, Language.English)}")}",
            completed.Plan.IncidentId,
            completed.Plan.ApprovalId),
        RunFailed { IsShadow: false, ErrorCode: not RunErrors.Rejected } failed => new(
            EventMatter(recorded),
            NotificationTypes.Escalation,
            $"Repair of {TargetName.Of(failed.Plan)} failed",
            $"{RunCauseText.Of(new RunCause(failed.ErrorCode, failed.Step)).InEnglish()}{(failed.RolledBack ? " What had been done was rolled back." : "")}",
            failed.Plan.IncidentId,
            failed.Plan.ApprovalId),
        BudgetEvent => BudgetNotifications.Of(recorded, data),
        ContractFoundUnusable found => new(
            EventMatter(recorded),
            NotificationTypes.Security,
            ContractText.Title(recorded.Id.LocalKey, found).InEnglish(),
            InBoth(ContractText.Title(recorded.Id.LocalKey, found), ContractText.Why(found)),
            null,
            null),
        _ => null,
    };

    /// <summary>With the address of its incident in the console, which shows a person's own project unless another is named.</summary>
    public string BodyWithLink(Uri? publicUrl, string projectId) => publicUrl is null || IncidentId is null
        ? Body
        : $"{Body}\n{new Uri(publicUrl, $"/incidents/{Uri.EscapeDataString(IncidentId)}?project={Uri.EscapeDataString(projectId)}")}";

    /// <summary>The matter of what is told once, since it happens once.</summary>
    public static string EventMatter(RecordedEvent recorded) => $"event/{recorded.Position}";
    /// <summary>For what people of every language must understand: the texts in each, a line a language.</summary>
    private static string InBoth(params ReadOnlySpan<Phrase> phrases)
    {
        var (english, chinese) = (new List<string>(phrases.Length), new List<string>(phrases.Length));
        foreach (var phrase in phrases)
        {
            english.Add(phrase.InEnglish());
            chinese.Add(phrase.In(Language.TraditionalChinese)!);
        }

        return $"{string.Join(". ", english)}\n{string.Join("。", chinese)}";
    }


    private static string Resolution(IncidentResolved resolved) => resolved.Kind switch
    {
        ResolutionKind.RepairVerified => "A repair ran and its verification passed.",
        ResolutionKind.AlertCleared => "The alert stopped firing.",
        _ => $"By {resolved.By}. {resolved.Comment}",
    };
}
