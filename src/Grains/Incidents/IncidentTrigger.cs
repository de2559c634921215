namespace AwoooP.Incidents;

/// <summary>What can be asked of an incident, by alerts, runs, people and time.</summary>
internal enum IncidentTrigger
{
    None = 0,
    Open,
    AddSignal,
    ClearAlert,
    ProposePlan,
    DeclinePlan,
    StartMitigation,
    RepairVerified,
    RepairFailed,

    /// <summary>A repair failed, or its plan was refused, in a way that no further automatic attempt can mend.</summary>
    RepairNeedsPerson,
    Acknowledge,
    Escalate,
    Resolve,
    Close,
}
