namespace AwoooP.Records.Reading;

/// <summary>A cursor that no list has answered: the caller's fault.</summary>
public sealed class InvalidCursorException() : FormatException("The cursor is not valid for this list.");
