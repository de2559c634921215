namespace AwoooP.Runtime;

/// <summary>The arguments of a call. The cancellation token is not one of them: the engine gives its own.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    object? GetArgument(int index);

    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    /// <exception cref="InvalidCastException">The value is not of the parameter's type.</exception>
    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();
}
