namespace AwoooP.Client.Auth;

/// <summary>A key has one secret, and for a while after a rotation the one before it, too.</summary>
public enum KeySecret
{
    None = 0,
    Current,
    Previous,
}
