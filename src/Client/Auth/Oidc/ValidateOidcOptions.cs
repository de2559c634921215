using System.Text.RegularExpressions;
using AwoooP.Journal.Hosting;
using AwoooP.Operators;
using AwoooP.Projects;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth.Oidc;

internal sealed partial class ValidateOidcOptions : IValidateOptions<FrontOptions>
{
    private static readonly string[] References = ["env://", "file://"];

    public ValidateOptionsResult Validate(string? name, FrontOptions options)
    {
        var oidc = options.Oidc;
        var result = new ValidateOptionsResultBuilder();
        Within(result, nameof(oidc.ClockSkew), oidc.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Within(result, nameof(oidc.KeysRefresh), oidc.KeysRefresh, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        Within(result, nameof(oidc.RefetchInterval), oidc.RefetchInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Within(result, nameof(oidc.KeysKept), oidc.KeysKept, oidc.KeysRefresh, TimeSpan.FromDays(30));
        Within(result, nameof(oidc.FetchTimeout), oidc.FetchTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        if (oidc.CallbackUrl is { } callback ? !IsCallback(callback) : oidc.Issuers.Any(static issuer => issuer.InteractiveSignIn))
        {
            result.AddError(SettingRules.Fault(
                $"{OidcOptions.Section}:CallbackUrl must be an address of https, or of http on a loopback address, that ends in {SignInEndpoints.CallbackPath}",
                oidc.CallbackUrl?.OriginalString));
        }

        foreach (var (number, issuer) in oidc.Issuers.Index())
        {
            var path = $"{OidcOptions.Section}:{nameof(oidc.Issuers)}:{number}";
            Check(result, path, issuer);
            if (oidc.Issuers.Take(number).Any(other => other.Name == issuer.Name))
                result.AddError(SettingRules.Fault($"{path}:Name must be its own", issuer.Name));
            if (oidc.Issuers.Take(number).Any(other => other.Issuer == issuer.Issuer))
                result.AddError(SettingRules.Fault($"{path}:Issuer must be its own", issuer.Issuer));
        }

        return result.Build();
    }

    private static void Check(ValidateOptionsResultBuilder result, string path, OidcIssuer issuer)
    {
        if (!NamePattern().IsMatch(issuer.Name))
            result.AddError(SettingRules.Fault($"{path}:Name must be 1 to 32 of a-z, 0-9 and -", issuer.Name));
        if (!Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var url) || !IssuerDocuments.MayBeAsked(url))
            result.AddError(SettingRules.Fault($"{path}:Issuer must be an address of https, or of http on a loopback address", issuer.Issuer));
        if (issuer.JwksUrl is { } keys && !IssuerDocuments.MayBeAsked(keys))
            result.AddError(SettingRules.Fault($"{path}:JwksUrl must be an address of https, or of http on a loopback address", keys.OriginalString));
        foreach (var (key, text) in (ReadOnlySpan<(string, string)>)
            [(nameof(issuer.Audience), issuer.Audience), (nameof(issuer.SubjectClaim), issuer.SubjectClaim), (nameof(issuer.GroupsClaim), issuer.GroupsClaim)])
        {
            if (text is not { Length: >= 1 and <= 256 })
                result.AddError(SettingRules.Fault($"{path}:{key} must have 1 to 256 characters", text));
        }

        if (issuer.Label is not (null or { Length: >= 1 and <= 64 }))
            result.AddError(SettingRules.Fault($"{path}:Label must have 1 to 64 characters", issuer.Label));
        // What is written here is not repeated: it may be the secret itself.
        if (issuer.ClientSecret is { } secret && !References.Any(scheme => secret.StartsWith(scheme, StringComparison.Ordinal)))
            result.AddError($"{path}:ClientSecret must be a reference such as env://NAME, not the secret.");
        if (issuer.Scope is not { Length: <= 256 } || !issuer.Scope.Split(' ').Contains("openid", StringComparer.Ordinal))
            result.AddError(SettingRules.Fault($"{path}:Scope must have openid among it, and at most 256 characters", issuer.Scope));
        if (issuer.DefaultProject is { } project && !ProjectName.IsValid(project))
            result.AddError(SettingRules.Fault($"{path}:DefaultProject must be a project's name", project));
        foreach (var (number, role) in issuer.Roles.Index())
        {
            if (string.IsNullOrEmpty(role.Group) == string.IsNullOrEmpty(role.Subject))
                result.AddError($"{path}:Roles:{number} must have a Group or a Subject, and not both.");
            if (role.Project != "*" && !ProjectName.IsValid(role.Project))
                result.AddError(SettingRules.Fault($"{path}:Roles:{number}:Project must be a project's name or *", role.Project));
            if (role.Role == OperatorRole.None)
                result.AddError($"{path}:Roles:{number}:Role must be Viewer, Operator, Approver or Admin.");
        }
    }

    private static bool IsCallback(Uri url) =>
        IssuerDocuments.MayBeAsked(url) && url is { AbsolutePath: SignInEndpoints.CallbackPath, Query: "", Fragment: "" };

    private static void Within(ValidateOptionsResultBuilder result, string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            result.AddError(SettingRules.Fault($"{OidcOptions.Section}:{key} must be between {least:c} and {most:c}", value.ToString("c")));
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex NamePattern();
}
