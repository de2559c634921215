namespace AwoooP.Client.Cli;

/// <summary>What the command line ends with, for scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something that should not happen, or a check that found a difference.</summary>
    public const int Failed = 1;

    /// <summary>The silo could not be reached, or PostgreSQL by a command that works on it.</summary>
    public const int Unreachable = 2;

    /// <summary>No key, a wrong one, or one without the role (401, 403).</summary>
    public const int NotAllowed = 3;

    /// <summary>404</summary>
    public const int NotFound = 4;

    /// <summary>Refused in this state, a conflict, or a stale version (409, 412).</summary>
    public const int Refused = 5;

    /// <summary>Wrong usage, and malformed or invalid input (400, 413, 415, 422).</summary>
    public const int Invalid = 6;

    /// <summary>Overloaded or not ready (429, 503): try again.</summary>
    public const int Unavailable = 7;

    public const string Help = "Exit codes: 0 done, 1 failed, 2 unreachable, 3 not allowed, 4 not found, 5 refused, 6 invalid, 7 unavailable.";

    public static int Of(int status) => status switch
    {
        401 or 403 => NotAllowed,
        404 => NotFound,
        409 or 412 => Refused,
        400 or 413 or 415 or 422 => Invalid,
        429 or 503 => Unavailable,
        _ => Failed,
    };
}
