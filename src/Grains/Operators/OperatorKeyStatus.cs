namespace AwoooP.Operators;

public enum OperatorKeyStatus
{
    None = 0,
    Issued,
    Revoked,
}
