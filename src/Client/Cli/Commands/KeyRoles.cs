using System.Text.Json;
using AwoooP.Client.Api;
using AwoooP.Operators;

namespace AwoooP.Client.Cli.Commands;

/// <summary>What the key of a command may do, asked before what it may not do would be on record as refused, or be learnt only at the end of long work.</summary>
internal sealed class KeyRoles
{
    private readonly JsonElement _me;

    private KeyRoles(JsonElement me) => _me = me;

    public static async Task<KeyRoles> ReadAsync(ApiConnection api, CancellationToken cancellationToken) =>
        new(await api.GetAsync($"{PlatformApi.Root}/me", cancellationToken));

    /// <summary>For what the owner does on the database and a silo puts on record.</summary>
    /// <exception cref="CliException">The key is not taken or is not that of an admin of every project, or no silo answers.</exception>
    public static async Task NeedAdminOfEveryProjectAsync(ApiConnection api, CancellationToken cancellationToken)
    {
        var roles = await ReadAsync(api, cancellationToken);
        if (roles.In("*") < OperatorRole.Admin)
        {
            var who = roles._me.GetProperty("operator_id").GetString();
            throw new CliException(ExitCodes.NotAllowed, $"This needs the key of an admin of every project, and {who} is none. Nothing was changed.");
        }
    }

    /// <param name="project">Null for the one that is meant when a request of the key names none; <c>*</c> for every project.</param>
    public OperatorRole In(string? project)
    {
        var (here, everywhere) = (Of(project ?? _me.GetProperty("default_project").GetString()!), Of("*"));
        return here > everywhere ? here : everywhere;
    }

    private OperatorRole Of(string project) =>
        _me.GetProperty("roles").TryGetProperty(project, out var role) && Enum.TryParse<OperatorRole>(role.GetString(), ignoreCase: true, out var known)
            ? known
            : OperatorRole.None;
}
