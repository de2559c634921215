using System.Collections.Frozen;

namespace AwoooP.Redaction;

/// <summary>Tells values that are no secrets although their key names one: nothing, a place-holder, a reference, a piece of code, a word about the secret.</summary>
internal static class SecretValues
{
    private const int ShortestSignature = 20;

    /// <summary>A place-holder or a reference is short; a long value is taken out unread, so that nobody makes us read it twice.</summary>
    private const int LongestHarmless = 512;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoValue = FrozenSet.ToFrozenSet(
    [
        "null", "none", "nil", "true", "false", "undefined", "yes", "no", "on", "off", "n/a", "(null)", "(none)", "(hidden)", "hidden", "redacted", "masked",
        "string", "str", "bytes", "int", "integer", "bool", "boolean", "object", "number", "any", "void", "char", "optional", "required", "sensitive",
    ], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What logs say about a secret behind a colon: <c>invalid token: expired</c>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
    [
        "expired", "invalid", "missing", "rejected", "denied", "incorrect", "wrong", "mismatch", "changed", "reset", "updated", "unknown", "not", "is", "was", "has", "ok",
        "valid", "failed", "failure", "empty", "revoked", "rotated", "refreshed", "the", "a", "an", "must", "cannot", "could", "no", "unauthorized", "forbidden", "error",
        "unexpected", "malformed", "too", "does", "should", "will", "please", "for", "from", "to", "in", "of", "and", "or", "authentication", "unable", "permission",
        "flag", "option", "argument", "signature", "context", "permanently", "connection", "timeout", "already", "created", "deleted", "accepted",
    ], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] References =
    [
        "env://", "file://", "k8s://", "vault:", "vault://", "secretref:", "arn:aws:secretsmanager:", "arn:aws:ssm:", "projects/",
        "process.env", "os.environ", "os.getenv", "System.getenv", "Environment.", "ENV[", "secrets.", "vars.", "var.", "config.", "self.", "this.", "/run/secrets/", "/var/run/secrets/",
    ];

    public static bool IsHarmless(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        if (value.Length > LongestHarmless)
            return false;
        value = value.Trim();
        if (value.IsEmpty || Marker.Is(value) || NoValue.Contains(value) || IsPlaceholder(value) || IsReference(value))
            return true;
        if (SecretNames.IsSignature(name))
            return value.Length < ShortestSignature;

        // PWD and OLDPWD of a shell are folders.
        return name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase) && value[0] == '/';
    }

    public static bool IsWordAbout(ReadOnlySpan<char> value) => Words.Contains(value);

    /// <summary><c>${NAME}</c>, <c>$(command)</c>, <c>$NAME</c>, <c>{{ template }}</c>, <c>&lt;your password&gt;</c>, <c>%NAME%</c>, <c>%s</c>, <c>****</c>.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
            return true;
        return value[0] switch
        {
            '$' => IsVariable(value),
            '{' => value.StartsWith("{{") || (value.Length > 2 && value[^1] == '}' && IsIdentifier(value[1..^1])) || value is "{}",
            '<' => value[^1] == '>',
            '%' => value.Length <= 2 || value[1] == '(' || (value[^1] == '%' && IsIdentifier(value[1..^1])),
            '*' or 'x' or 'X' or '.' or '-' or '_' or '?' or '•' => value.IndexOfAnyExcept(value[0]) < 0,
            '[' => value[^1] == ']' && IsIdentifier(value[1..^1]),
            _ => false,
        };
    }

    private static bool IsVariable(ReadOnlySpan<char> value)
    {
        if (value.Length == 1)
            return true;
        return value[1] switch
        {
            '{' or '(' => value[^1] is '}' or ')',
            _ => IsIdentifier(value[1..]) && !value.ContainsAnyInRange('a', 'z'),
        };
    }

    private static bool IsIdentifier(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || char.IsAsciiDigit(value[0]))
            return false;
        foreach (var c in value)
        {
            if (!TextShape.IsWord(c) && c != ' ' && c != '-')
                return false;
        }

        return true;
    }

    private static bool IsReference(ReadOnlySpan<char> value)
    {
        foreach (var reference in References)
        {
            if (value.StartsWith(reference, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return IsCall(value);
    }

    /// <summary><c>getPassword()</c>, <c>vault.read("x")</c>: a name, and an opening bracket that is closed at the end.</summary>
    private static bool IsCall(ReadOnlySpan<char> value)
    {
        var bracket = value.IndexOf('(');
        if (bracket <= 0 || value[^1] != ')' && value[^1] != '(')
            return false;
        foreach (var c in value[..bracket])
        {
            if (!TextShape.IsWord(c) && c != '.')
                return false;
        }

        return char.IsAsciiLetter(value[0]);
    }
}
