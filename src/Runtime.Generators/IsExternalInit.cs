namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for netstandard2.0, the framework that compilers load generators from.</summary>
internal static class IsExternalInit;
