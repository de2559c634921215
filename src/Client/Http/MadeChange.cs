namespace AwoooP.Client.Http;

/// <summary>A feature of a request whose command was accepted: from here on no fault may be told as if nothing had happened.</summary>
internal sealed class MadeChange;
