namespace AwoooP.Playbooks;

/// <summary>Refusal codes of a playbook that callers act on.</summary>
public static class PlaybookRefusals
{
    public const string NotFound = "playbook_not_found";
}
