namespace AwoooP.Notifications;

/// <summary>What the guards of a notification look at.</summary>
/// <param name="HasActed">A person's action is recorded already; the first one counts.</param>
public readonly record struct NotificationFacts(bool HasActed);
