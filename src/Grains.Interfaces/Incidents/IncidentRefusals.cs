namespace AwoooP.Incidents;

/// <summary>Refusal codes of an incident that callers act on.</summary>
public static class IncidentRefusals
{
    public const string NotFound = "incident_not_found";
    public const string IdTaken = "incident_id_taken";
}
