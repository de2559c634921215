namespace AwoooP.Operators;

public enum OperatorKeyTrigger
{
    None = 0,
    Issue,
    Revoke,
    Rotate,
    NoteUse,
}
