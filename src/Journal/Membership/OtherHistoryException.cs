namespace AwoooP.Journal.Membership;

/// <summary>The server holds another history than the one that this process remembers: nothing may be written there before it has joined again.</summary>
internal sealed class OtherHistoryException() : Exception("The server holds another history than the one that is remembered.");
