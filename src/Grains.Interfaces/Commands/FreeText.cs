namespace AwoooP.Commands;

/// <summary>The bound of what people write beside their actions: comments and reasons.</summary>
public static class FreeText
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 1000;
}
