namespace AwoooP.Alerts;

/// <summary>What can happen to an alert.</summary>
internal enum AlertTrigger
{
    None = 0,

    /// <summary>The first member fires.</summary>
    Fire,

    /// <summary>A member fires anew while others, or an earlier occurrence of it, still do.</summary>
    Occur,

    /// <summary>The last firing member has ended.</summary>
    Clear,

    LinkIncident,
}
